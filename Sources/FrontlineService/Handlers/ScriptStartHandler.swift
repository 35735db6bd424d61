import Access
import FrontlineProtocol
import JSONRPC
import Scripting

struct ScriptStartHandler: MethodHandler {
    typealias Method = ScriptStart
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        var generator = SystemRandomNumberGenerator()
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
