import FrontlineProtocol
import Scripting

struct ScriptAdvanceHandler: MethodHandler {
    typealias Method = ScriptAdvance
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.advance(revision: Int64(params.revision), value: params.value)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}
