package import Access
import Storage
import Vocabulary

/// Which alerts a caller may see and change: the one place that decides it, for single alerts, lists and streams.
///
/// An alert that takes a tier to act on concerns only those who have it, and not the agent who asked; admins and auditors see
/// it as well. Admins, auditors and supervisors of every team see all; other supervisors those of their teams; agents those of
/// their own conversations. To be an auditor as well lets nobody change more.
package struct AlertVisibility: Sendable, Hashable {
    private let seesAll: Bool
    private let changesAll: Bool
    private let teams: Set<String>
    private let agent: String?
    private let subject: String
    /// Whether alerts are seen whatever tier they take.
    private let seesEveryTier: Bool
    private let tier: Int

    /// What this caller may see.
    package init(of principal: Principal) {
        changesAll = principal.leadsEveryTeam
        seesAll = changesAll || principal.roles.contains(.auditor)
        teams = principal.roles.contains(.supervisor) ? Set(principal.teams) : []
        agent = principal.holds(anyOf: [.agent]) ? principal.subject : nil
        subject = principal.subject
        seesEveryTier = principal.holds(anyOf: [.auditor])
        tier = principal.holds(anyOf: [.supervisor]) ? principal.tier ?? 0 : -1
    }

    /// Whether the caller may see an alert.
    package func includes(_ alert: Alert) -> Bool {
        fits(alert) && (seesAll || reaches(alert))
    }

    /// Whether the caller could act on an alert that takes a tier; whoever asked for something does not decide on it.
    private func fits(_ alert: Alert) -> Bool {
        guard let least = alert.leastTier, !seesEveryTier else { return true }
        return tier >= least && alert.agent != subject
    }

    /// Whether the caller may see a contact of a surge.
    package func includes(_ contact: SurgeContact) -> Bool {
        seesAll || !teams.isDisjoint(with: contact.teams) || (agent != nil && contact.agent == agent)
    }

    /// Whether the caller may change an alert.
    func mayChange(_ alert: Alert) -> Bool {
        fits(alert) && (changesAll || reaches(alert))
    }

    private func reaches(_ alert: Alert) -> Bool {
        !teams.isDisjoint(with: alert.teams) || (agent != nil && alert.agent == agent)
    }

    /// The same as a condition on the table of alerts; its values are appended.
    func condition(_ values: inout [SQLValue]) -> String {
        var parts: [String] = []
        if !seesAll {
            if let agent {
                values.append(.text(agent))
                parts.append("agent = $\(values.count)")
            }
            if !teams.isEmpty { parts.append(AlertCriteria.belongs(to: teams, &values)) }
            // A value that no condition uses is refused by a database server.
            guard !parts.isEmpty else { return "1 = 0" }
        }
        let reached = parts.isEmpty ? "1 = 1" : "(\(parts.joined(separator: " OR ")))"
        guard !seesEveryTier else { return reached }
        values += [.integer(Int64(tier)), .text(subject)]
        let least = "least_tier <= $\(values.count - 1)"
        return "\(reached) AND (least_tier IS NULL OR (\(least) AND (agent IS NULL OR agent <> $\(values.count))))"
    }
}
