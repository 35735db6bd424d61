import FrontlineProtocol
import Scripting

struct ScriptBackHandler: MethodHandler {
    typealias Method = ScriptBack
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.back(revision: Int64(params.revision))
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}
