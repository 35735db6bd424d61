package import AuditTrail
package import FrontlineProtocol
import JSONRPC
import Resolution
import Storage
import Vocabulary

struct AuditListHandler: MethodHandler {
    typealias Method = AuditList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let limit = params.limit ?? 100
        let after = params.cursor?.position ?? 0
        let entries = try await services.store.read { transaction in
            try AuditLog.entries(
                filter(params, after: after, limit: limit + 1, in: transaction),
                in: transaction
            )
        }
        let page = entries.prefix(limit)
        return Method.Result(
            entries: page.map(Method.Entry.init),
            nextCursor: entries.count > limit ? page.last.map { Cursor($0.sequence) } : nil
        )
    }

    private func filter(
        _ params: Method.Params,
        after: Int64,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> AuditFilter {
        var filter = AuditFilter(after: after, limit: limit)
        filter.subject = params.subject
        filter.action = params.action
        filter.objects =
            try params.object.map { name in
                try AuditObject.names(of: name, form: services.authority.settings.form, in: transaction)
            } ?? []
        filter.since = params.since?.microseconds
        filter.until = params.until?.microseconds
        return filter
    }
}

extension AuditList.Entry {
    /// Creates the wire form of an entry.
    package init(_ entry: AuditEntry) {
        self.init(
            sequence: Int(entry.sequence),
            at: Timestamp(microseconds: entry.at),
            actor: entry.event.actor.name,
            tokenId: entry.event.actor.tokenID,
            roles: entry.event.actor.roles.isEmpty ? nil : entry.event.actor.roles,
            systemUser: entry.event.actor.systemUser,
            onBehalfOf: entry.event.onBehalfOf,
            action: entry.event.action,
            target: entry.event.target,
            before: entry.event.before,
            after: entry.event.after,
            details: entry.event.details,
            text: entry.text.map(AuditList.Text.init),
            hash: entry.hash
        )
    }
}

extension AuditList.Text {
    init(_ text: AuditText) {
        self.init(state: text.state, text: text.text, length: Int(text.length), sha256: text.sha256)
    }
}

struct AuditVerifyHandler: MethodHandler {
    typealias Method = AuditVerify
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await services.store.read { try RecordVerification.run(notedHead: params.head, in: $0) }
    }
}
