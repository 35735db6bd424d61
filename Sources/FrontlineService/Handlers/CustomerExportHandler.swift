import Access
import FrontlineProtocol
import JSONRPC
import Knowledge

struct CustomerExportHandler: MethodHandler {
    typealias Method = CustomerExport
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try services.searchLog.flush()
        let found = try await CustomerRecords(services: services)
            .export(customer: params.customerId, by: caller.principal.auditActor, now: caller.now)
        guard let found else { throw RPCError.unknownCustomer }
        return Method.Result(
            customerId: params.customerId,
            exportedAt: Timestamp(microseconds: caller.now),
            data: found.data,
            erasedAt: found.erasedAt.map(Timestamp.init(microseconds:))
        )
    }
}
