import Access
import FrontlineProtocol
import JSONRPC
import Scripting
import Vocabulary

struct ScriptStartHandler: MethodHandler {
    typealias Method = ScriptStart
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        var generator = services.randomness
        let name = params.sessionId
        let start = SessionStart(
            scriptID: params.scriptId,
            version: params.version.map(Int64.init),
            sessionID: name.map { services.names.newID($0, .session, for: caller.principal) }
                ?? ScriptDesk.newID(using: &generator),
            name: name,
            conversationID: params.conversationId,
            locale: params.locale,
            context: params.context?.object ?? [:]
        )
        return ScriptSessionState(
            try await services.sessions.start(start, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptStateGetHandler: MethodHandler {
    typealias Method = ScriptStateGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        ScriptSessionState(
            try await services.sessions.state(params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptAdvanceHandler: MethodHandler {
    typealias Method = ScriptAdvance
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let revision = Int64(params.revision)
        let call: ScriptCall =
            params.accept == true
            ? .accept(revision: revision, turn: params.turn.map(Int64.init))
            : .advance(revision: revision, value: params.value)
        return try await services.perform(call, on: params.sessionId, for: caller)
    }
}

struct ScriptBackHandler: MethodHandler {
    typealias Method = ScriptBack
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.back(revision: Int64(params.revision))
        return try await services.perform(call, on: params.sessionId, for: caller)
    }
}

struct ScriptJumpHandler: MethodHandler {
    typealias Method = ScriptJump
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.jump(revision: Int64(params.revision), step: params.step, reason: params.reason)
        return try await services.perform(call, on: params.sessionId, for: caller)
    }
}

struct ScriptDetourHandler: MethodHandler {
    typealias Method = ScriptDetour
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.detour(revision: Int64(params.revision), script: params.scriptId, reason: params.reason)
        return try await services.perform(call, on: params.sessionId, for: caller)
    }
}

struct ScriptSkipHandler: MethodHandler {
    typealias Method = ScriptSkip
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.skip(revision: Int64(params.revision), reason: params.reason)
        return try await services.perform(call, on: params.sessionId, for: caller)
    }
}

struct ScriptNoteHandler: MethodHandler {
    typealias Method = FrontlineProtocol.ScriptNote
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.note(params.text)
        return try await services.perform(call, on: params.sessionId, for: caller)
    }
}

struct ScriptAbandonHandler: MethodHandler {
    typealias Method = ScriptAbandon
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.abandon(reason: params.reason)
        return try await services.perform(call, on: params.sessionId, for: caller)
    }
}

extension Services {
    /// Performs a call on a session and returns its new state.
    fileprivate func perform(
        _ call: ScriptCall,
        on session: String,
        for caller: Caller
    ) async throws -> ScriptSessionState {
        ScriptSessionState(try await sessions.perform(call, on: session, for: caller.principal, now: caller.now))
    }
}
