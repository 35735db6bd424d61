package import Access
import Storage
import Vocabulary

/// Which requests a principal may see: agents their own, supervisors those of their teams, supervisors of every team,
/// auditors and admins everything.
package struct GrantVisibility: Sendable, Hashable {
    /// Everything, whoever asked.
    package let isUnlimited: Bool
    /// Own requests are always seen.
    package let subject: String
    /// The teams whose requests are seen.
    package let teams: Set<String>

    package init(of principal: Principal) {
        subject = principal.subject
        teams = principal.roles.contains(.supervisor) ? Set(principal.teams) : []
        isUnlimited = principal.leadsEveryTeam || principal.roles.contains(.auditor)
    }

    /// What a principal may report on: what it sees, and for a system that pays everything.
    package init(settling principal: Principal) {
        let own = GrantVisibility(of: principal)
        (subject, teams) = (own.subject, own.teams)
        isUnlimited = own.isUnlimited || principal.holds(anyOf: [.integration])
    }

    /// Whether a request is seen.
    package func includes(_ grant: Grant) -> Bool {
        isUnlimited || grant.requestedBy == subject || grant.teams.contains(where: teams.contains)
    }
}
