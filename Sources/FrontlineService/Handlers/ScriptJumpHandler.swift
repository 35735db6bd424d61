import FrontlineProtocol
import Scripting

struct ScriptJumpHandler: MethodHandler {
    typealias Method = ScriptJump
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.jump(revision: Int64(params.revision), step: params.step, reason: params.reason)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}
