import FrontlineProtocol
import Scripting

struct ScriptAbandonHandler: MethodHandler {
    typealias Method = ScriptAbandon
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.abandon(reason: params.reason)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}
