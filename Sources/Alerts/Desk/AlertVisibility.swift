package import Access
import Storage

/// Which alerts a caller may see and change: the one place that decides it, for single alerts, lists and streams.
///
/// Admins, auditors and supervisors of every team see all; other supervisors those of their teams; agents those of their
/// own conversations. To be an auditor as well lets nobody change more.
package struct AlertVisibility: Sendable, Hashable {
    private let seesAll: Bool
    private let changesAll: Bool
    private let teams: Set<String>
    private let agent: String?

    /// What this caller may see.
    package init(of principal: Principal) {
        changesAll = principal.leadsEveryTeam
        seesAll = changesAll || principal.roles.contains(.auditor)
        teams = principal.roles.contains(.supervisor) ? Set(principal.teams) : []
        agent = principal.holds(anyOf: [.agent]) ? principal.subject : nil
    }

    /// Whether the caller may see an alert.
    package func includes(_ alert: Alert) -> Bool {
        seesAll || reaches(alert)
    }

    /// Whether the caller may change an alert.
    func mayChange(_ alert: Alert) -> Bool {
        changesAll || reaches(alert)
    }

    private func reaches(_ alert: Alert) -> Bool {
        !teams.isDisjoint(with: alert.teams) || (agent != nil && alert.agent == agent)
    }

    /// The same as a condition on the table of alerts; its values are appended.
    func condition(_ values: inout [SQLValue]) -> String {
        if seesAll { return "1 = 1" }
        var parts: [String] = []
        if let agent {
            values.append(.text(agent))
            parts.append("agent = $\(values.count)")
        }
        if !teams.isEmpty { parts.append(AlertCriteria.belongs(to: teams, &values)) }
        return parts.isEmpty ? "1 = 0" : "(\(parts.joined(separator: " OR ")))"
    }
}
