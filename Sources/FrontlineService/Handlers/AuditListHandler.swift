package import AuditTrail
package import FrontlineProtocol
import JSONRPC
import Storage

struct AuditListHandler: MethodHandler {
    typealias Method = AuditList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let limit = params.limit ?? 100
        guard let after = params.cursor.map(Int64.init) ?? 0 else {
            throw RPCError.invalidParams(path: "params.cursor", expected: "a cursor of this method")
        }
        let since = params.since?.microseconds
        let entries = try await services.store.read { transaction in
            try AuditLog.entries(after: after, since: since, limit: limit + 1, in: transaction)
        }
        let page = entries.prefix(limit)
        return Method.Result(
            entries: page.map(Method.Entry.init),
            nextCursor: entries.count > limit ? page.last.map { String($0.sequence) } : nil
        )
    }
}

extension AuditList.Entry {
    /// An entry as the wire shows it.
    package init(_ entry: AuditEntry) {
        self.init(
            sequence: Int(entry.sequence),
            at: Timestamp(microseconds: entry.at),
            actor: entry.event.actor,
            action: entry.event.action,
            target: entry.event.target,
            before: entry.event.before,
            after: entry.event.after,
            details: entry.event.details,
            hash: entry.hash
        )
    }
}
