import FrontlineProtocol
import Resolution

struct ResolutionRejectHandler: MethodHandler {
    typealias Method = ResolutionReject
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try await services.authority.reject(
            params.resolutionId,
            note: params.note,
            by: caller.principal,
            now: caller.now
        )
        return try services.sentences.record(grant)
    }
}
