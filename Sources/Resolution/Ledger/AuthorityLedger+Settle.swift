package import Access
import Storage
package import Vocabulary

/// What becomes of what was granted.
///
/// Whoever asked for a grant does not say alone that it counts no more, else the same money could be granted, taken back in
/// words and granted again. An agent's word is noted; a supervisor of its team, or the system that pays, confirms it.
extension AuthorityLedger {
    /// Reports what became of something granted, or confirms such a report.
    ///
    /// `failed` and `reversed` take the money out of the windows once they are confirmed, which they are at once when a
    /// system or another supervisor says so. How often was granted stays counted. What is done can later be reversed, what
    /// is confirmed as failed or reversed stays so, and a report that nobody has confirmed can be corrected.
    ///
    /// - Throws: ``ResolutionError`` `notFound`, `conflict` when it was not granted or ended otherwise; the store's error.
    package func settle(
        _ id: String,
        result: SettlementResult,
        reference: String? = nil,
        by principal: Principal,
        now: Int64
    ) async throws -> Grant {
        let reference = try reference.map { try Self.text($0, "reference") }
        let visibility = GrantVisibility(settling: principal)
        return try await decide(id, by: principal, seeing: visibility, now: now) { [self] stored, moment, transaction in
            var stored = stored
            if !principal.holds(anyOf: [.integration]) { try Self.requireOwnOrLed(stored.grant, principal) }
            let mayConfirm = Self.mayConfirm(principal, stored)
            let report = Report(result: result, reference: reference, by: principal.subject, at: moment)
            guard let next = try Self.settlement(of: stored.grant, after: report, mayConfirm: mayConfirm) else {
                return nil
            }
            if next.isReleased { try releaseMoney(stored, in: transaction) }
            stored.grant.settlement = next
            let kind = next.awaitsConfirmation ? "reported_\(result.rawValue)" : result.rawValue
            return (stored, kind, try Self.nextSequence(in: transaction))
        }
    }

    /// Whether the word of a principal on a grant counts without anybody else's: a system's, or that of a supervisor who did
    /// not ask for it.
    private static func mayConfirm(_ principal: Principal, _ stored: GrantTable.Stored) -> Bool {
        if principal.holds(anyOf: [.integration]) { return true }
        let isOwn = principal.isSamePerson(asSubject: stored.grant.requestedBy, person: stored.person)
        return !isOwn && principal.leads(anyOf: stored.grant.teams)
    }

    /// What somebody says became of a grant.
    private struct Report {
        let result: SettlementResult
        let reference: String?
        let by: String
        let at: Int64
    }

    /// The settlement after a report; nil when the report says nothing new.
    private static func settlement(
        of grant: Grant,
        after report: Report,
        mayConfirm: Bool
    ) throws -> Settlement? {
        guard grant.status == .approved else {
            throw ResolutionError(.conflict, "only what was approved is settled; this is \(grant.status)")
        }
        let confirmation =
            report.result.isReturned && mayConfirm ? Settlement.Confirmation(by: report.by, at: report.at) : nil
        guard let before = grant.settlement else {
            return Settlement(
                result: report.result,
                reference: report.reference,
                by: report.by,
                at: report.at,
                confirmation: confirmation
            )
        }
        if before.result == report.result {
            if before.awaitsConfirmation, let confirmation {
                return Settlement(
                    result: before.result,
                    reference: report.reference ?? before.reference,
                    by: before.by,
                    at: before.at,
                    confirmation: confirmation
                )
            }
            guard report.reference == nil || report.reference == before.reference else {
                throw ResolutionError(.conflict, "it was reported \(before.result) with another reference")
            }
            return nil
        }
        guard before.awaitsConfirmation || (before.result == .done && report.result == .reversed) else {
            throw ResolutionError(.conflict, "it was reported \(before.result.rawValue) already")
        }
        return Settlement(
            result: report.result,
            reference: report.reference,
            by: report.by,
            at: report.at,
            confirmation: confirmation
        )
    }
}
