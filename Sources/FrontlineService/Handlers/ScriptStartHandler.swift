import FrontlineProtocol
import JSONRPC
import Scripting

struct ScriptStartHandler: MethodHandler {
    typealias Method = ScriptStart
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        var generator = SystemRandomNumberGenerator()
        let start = SessionStart(
            scriptID: params.scriptId,
            version: params.version.map(Int64.init),
            sessionID: params.sessionId ?? ScriptDesk.newID(using: &generator),
            conversationID: params.conversationId,
            locale: params.locale,
            context: params.context?.object ?? [:]
        )
        return ScriptSessionState(
            try await services.sessions.start(start, for: caller.principal, now: caller.now)
        )
    }
}
