package import AuditTrail
package import Storage

/// Publications and rollbacks of what operators publish, each with its entry in the audit log.
extension LiveChain {
    /// Puts content into force and records it, as `policy.publish`, unless it makes no new version.
    ///
    /// - Parameters:
    ///   - content: the content.
    ///   - id: the name in this chain.
    ///   - target: the name under which the log and the wire know it.
    ///   - note: the reason, which is recorded.
    ///   - republication: how to treat content that was published before and is not in force.
    ///   - actor: who publishes it.
    ///   - now: the time, in microseconds since 1970.
    ///   - transaction: the transaction in which to write.
    /// - Returns: the version with the content, and what was done.
    /// - Throws: the store's error.
    package func publish(
        _ content: String,
        as id: String,
        target: String,
        note: String?,
        republication: Republication,
        by actor: AuditActor,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Placement {
        let placement = try put(
            content,
            as: id,
            by: actor.name,
            at: now,
            note: note,
            republication: republication,
            in: transaction
        )
        guard placement.isNew else { return placement }
        let event = AuditEvent(
            actor: actor,
            action: "policy.publish",
            target: target,
            before: placement.before,
            after: placement.sha256,
            text: note
        )
        try AuditLog.append([event], at: now, in: transaction)
        return placement
    }

    /// Puts an earlier version into force again and records it, as `policy.rollback`.
    ///
    /// - Parameters:
    ///   - id: the name in this chain.
    ///   - target: the name under which the log and the wire know it.
    ///   - version: the version.
    ///   - reason: why, which is recorded.
    ///   - actor: who does it.
    ///   - now: the time, in microseconds since 1970.
    ///   - transaction: the transaction in which to write.
    /// - Returns: whether it was done; false if the version is already in force or does not exist.
    /// - Throws: the store's error.
    package func rollBack(
        _ id: String,
        target: String,
        to version: Int64,
        reason: String,
        by actor: AuditActor,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Bool {
        let done = try rollBack(id, to: version, reason: reason, by: actor.name, at: now, in: transaction)
        guard let done else { return false }
        let event = AuditEvent(
            actor: actor,
            action: "policy.rollback",
            target: target,
            before: done.before,
            after: done.after,
            details: "version \(version)",
            text: reason
        )
        try AuditLog.append([event], at: now, in: transaction)
        return true
    }
}
