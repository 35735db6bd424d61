import AuditTrail
import Logging
import ServiceLifecycle
import Storage

/// Logs publications, rollbacks, exports and erasures, whether made by a call, by a command on the data folder, or by
/// the server itself at start.
struct AuditFollower: Service {
    private static let pause = Duration.milliseconds(500)
    private static let page = 1_000
    /// The actions that are logged; the others are too frequent.
    private static let told: Set<String> = [
        "policy.publish", "policy.rollback", "script.publish", "script.rollout", "script.rollback",
        "knowledge.publish", "knowledge.retire", "knowledge.restore", "customer.export", "customer.erase",
        "audit.export", "store.backup", "store.copy", "store.restore", "access.create_token", "access.revoke_token",
    ]

    private let store: Store
    private let logger: Logger
    private let start: Int64

    /// Creates a follower of entries after the current end of the audit log.
    ///
    /// - Throws: the store's error.
    init(services: Services, logger: Logger) async throws {
        store = services.store
        self.logger = logger
        start = try await services.store.read { try AuditLog.count(in: $0) }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var (last, mark): (Int64, UInt64?) = (start, nil)
            while !Task.isCancelled {
                do {
                    let current = store.commitMark
                    if current != mark {
                        last = try await tell(after: last)
                        mark = current
                    }
                } catch {
                    logger.failure("the audit log cannot be followed", error)
                }
                await Task.pause(for: Self.pause)
            }
        }
    }

    /// Logs the entries after a number; returns the number of the last one.
    private func tell(after number: Int64) async throws -> Int64 {
        var last = number
        while true {
            let entries = try await store.read { [last] in
                try AuditLog.entries(AuditFilter(after: last, limit: Self.page), in: $0)
            }
            for entry in entries where Self.told.contains(entry.event.action) { tell(entry) }
            guard let newest = entries.last else { return last }
            last = newest.sequence
        }
    }

    private func tell(_ entry: AuditEntry) {
        let event = entry.event
        var metadata: Logger.Metadata = [
            "by": "\(event.actor.name)", "target": "\(event.target)", "entry": "\(entry.sequence)",
        ]
        if let token = event.actor.tokenID { metadata["token"] = "\(token)" }
        if let user = event.actor.systemUser { metadata["system_user"] = "\(user)" }
        if let details = event.details { metadata["details"] = "\(details)" }
        logger.notice("\(event.action)", metadata: metadata)
    }
}
