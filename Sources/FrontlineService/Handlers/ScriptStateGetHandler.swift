import FrontlineProtocol
import Scripting

struct ScriptStateGetHandler: MethodHandler {
    typealias Method = ScriptStateGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        ScriptSessionState(
            try await services.sessions.state(params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}
