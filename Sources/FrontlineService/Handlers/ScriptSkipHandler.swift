import FrontlineProtocol
import Scripting

struct ScriptSkipHandler: MethodHandler {
    typealias Method = ScriptSkip
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.skip(revision: Int64(params.revision), reason: params.reason)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}
