import FrontlineProtocol
import JSONRPC
import Knowledge

struct CustomerExportHandler: MethodHandler {
    typealias Method = CustomerExport
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try services.searchLog.flush()
        return Method.Result(
            customerId: params.customerId,
            exportedAt: Timestamp(microseconds: caller.now),
            data: try await CustomerRecords(services: services).export(customer: params.customerId)
        )
    }
}
