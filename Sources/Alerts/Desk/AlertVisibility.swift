package import Access
import Storage

/// Which alerts a caller may see and change: the one place that decides it, for single alerts, lists and streams.
///
/// Admins, auditors and supervisors without a team see all; other supervisors those of their teams; agents those of
/// their own conversations. To be an auditor as well lets nobody change more.
package struct AlertVisibility: Sendable, Hashable {
    private let seesAll: Bool
    private let changesAll: Bool
    private let teams: Set<String>
    private let agent: String?

    /// What this caller may see.
    package init(of principal: Principal) {
        let isSupervisor = principal.holds(anyOf: [.supervisor])
        let own = isSupervisor ? principal.teams : []
        changesAll = principal.roles.contains(.admin) || (isSupervisor && own.isEmpty)
        seesAll = changesAll || principal.roles.contains(.auditor)
        teams = Set(own)
        agent = principal.holds(anyOf: [.agent]) ? principal.subject : nil
    }

    /// Whether the caller may see an alert.
    package func includes(_ alert: Alert) -> Bool {
        seesAll || reaches(alert)
    }

    /// Whether the caller may see a contact of a surge.
    package func includes(_ contact: SurgeContact) -> Bool {
        seesAll || !teams.isDisjoint(with: contact.teams) || (agent != nil && contact.agent == agent)
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
        if !teams.isEmpty {
            let places = teams.sorted().map { team in
                values.append(.text(team))
                return "$\(values.count)"
            }
            parts.append(
                """
                EXISTS (SELECT 1 FROM alert_teams WHERE alert_teams.alert_id = alerts.id
                    AND alert_teams.team IN (\(places.joined(separator: ", "))))
                """
            )
        }
        return parts.isEmpty ? "1 = 0" : "(\(parts.joined(separator: " OR ")))"
    }
}
