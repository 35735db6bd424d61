import Access
import FrontlineProtocol
import JSONRPC
import Knowledge
import Redaction

struct CustomerEraseHandler: MethodHandler {
    typealias Method = CustomerErase
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try services.searchLog.flush()
        let records = CustomerRecords(services: services)
        let isTrial = params.dryRun ?? false
        let erased = try await records.erase(
            customer: params.customerId,
            reason: Redactor().redact(params.reason).text,
            isTrial: isTrial,
            by: caller.principal.subject,
            now: caller.now
        )
        return Method.Result(
            erased: erased,
            kept: records.kept.map { Method.Kept(what: $0.what, why: $0.why) },
            dryRun: isTrial ? true : nil
        )
    }
}
