import FrontlineProtocol
import Resolution

struct ResolutionCancelHandler: MethodHandler {
    typealias Method = ResolutionCancel
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try await services.authority.cancel(
            params.resolutionId,
            reason: params.reason,
            by: caller.principal,
            now: caller.now
        )
        return try services.sentences.record(grant)
    }
}
