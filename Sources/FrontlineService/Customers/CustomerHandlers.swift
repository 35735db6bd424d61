import Access
import FrontlineProtocol
import JSONRPC
import Knowledge
import Redaction
import Vocabulary

struct CustomerEraseHandler: MethodHandler {
    typealias Method = CustomerErase
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await services.searchLog.flush()
        let records = CustomerRecords(services: services)
        let isTrial = params.dryRun ?? false
        let outcome = try await records.erase(
            customer: params.customerId,
            reason: Redactor().redact(params.reason).text,
            isTrial: isTrial,
            by: caller.principal.auditActor,
            now: caller.now
        )
        guard let outcome else { throw RPCError.unknownCustomer }
        if !isTrial {
            // Searches are also offered as completions, so these must be recomputed.
            services.index.setCompletionPhrases(try await services.knowledge.successfulQueries())
        }
        return Method.Result(
            erased: outcome.counts,
            kept: records.kept.map { Method.Kept(what: $0.what, why: $0.why) },
            pending: outcome.pending.isEmpty ? nil : outcome.pending.map { Method.Kept(what: $0.what, why: $0.why) },
            dryRun: isTrial ? true : nil
        )
    }
}

extension RPCError {
    /// The error for a customer of whom nothing is or was stored.
    static let unknownCustomer = RPCError(
        .notFound,
        "nothing is known of this customer",
        path: "params.customer_id",
        expected: "the id that conversations or requests were opened with"
    )
}

struct CustomerExportHandler: MethodHandler {
    typealias Method = CustomerExport
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await services.searchLog.flush()
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
