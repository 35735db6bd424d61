import FrontlineProtocol
import Resolution

struct ResolutionRequestHandler: MethodHandler {
    typealias Method = ResolutionRequest
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try await services.authority.request(
            GrantRequest(params),
            key: params.idempotencyKey,
            for: caller.principal,
            now: caller.now
        )
        return try services.sentences.record(grant)
    }
}
