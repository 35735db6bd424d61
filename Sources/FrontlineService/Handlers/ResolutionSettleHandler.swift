import FrontlineProtocol
import JSONRPC
import Resolution

struct ResolutionSettleHandler: MethodHandler {
    typealias Method = ResolutionSettle
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try await services.authority.settle(
            params.resolutionId,
            result: SettlementResult(params.result),
            reference: try Self.text(params.reference),
            by: caller.principal,
            now: caller.now
        )
        return try services.sentences.record(grant)
    }

    private static func text(_ reference: JSON?) throws -> String? {
        switch reference {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default:
            guard let type = reference?["type"]?.string, let id = reference?["id"]?.string else {
                throw RPCError.invalidParams(path: "params.reference", expected: "a text, or {type, id}")
            }
            return "\(type) \(id)"
        }
    }
}
