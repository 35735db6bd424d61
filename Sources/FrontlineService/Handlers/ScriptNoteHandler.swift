import FrontlineProtocol
import Scripting

struct ScriptNoteHandler: MethodHandler {
    typealias Method = FrontlineProtocol.ScriptNote
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.note(params.text)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}
