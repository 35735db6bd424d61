import Storage
package import Vocabulary

/// Which alerts somebody wants to see: the same for a list and for the stream.
///
/// Absent members leave nothing out.
package struct AlertCriteria: Sendable, Hashable {
    /// The least severity.
    package var severity: Severity?
    /// One of these kinds.
    package var kinds: Set<String>?
    /// Of one of these teams.
    package var teams: Set<String>?
    /// Of contacts that one of these agents leads.
    package var agents: Set<String>?
    /// Of this customer.
    package var customerID: String?

    /// Criteria with the given members.
    package init(
        severity: Severity? = nil,
        kinds: Set<String>? = nil,
        teams: Set<String>? = nil,
        agents: Set<String>? = nil,
        customerID: String? = nil
    ) {
        self.severity = severity
        self.kinds = kinds
        self.teams = teams
        self.agents = agents
        self.customerID = customerID
    }

    /// Whether an alert is wanted.
    package func includes(_ alert: Alert) -> Bool {
        if let severity, alert.severity < severity { return false }
        if let kinds, !kinds.contains(alert.kind) { return false }
        if let teams, teams.isDisjoint(with: alert.teams) { return false }
        if let agents, !(alert.agent.map(agents.contains) ?? false) { return false }
        return customerID.map { $0 == alert.customer } ?? true
    }

    /// The same as conditions on the table of alerts; their values are appended.
    func conditions(_ values: inout [SQLValue]) -> [String] {
        var conditions: [String] = []
        if let severity {
            values.append(.integer(Int64(severity.rank)))
            conditions.append("severity >= $\(values.count)")
        }
        if let kinds { conditions.append("kind IN (\(Self.places(kinds, &values)))") }
        if let agents { conditions.append("agent IN (\(Self.places(agents, &values)))") }
        if let customerID {
            values.append(.text(customerID))
            conditions.append("customer_id = $\(values.count)")
        }
        if let teams { conditions.append(Self.belongs(to: teams, &values)) }
        return conditions
    }

    /// The condition that an alert is of one of some teams; its values are appended.
    static func belongs(to teams: Set<String>, _ values: inout [SQLValue]) -> String {
        """
        EXISTS (SELECT 1 FROM alert_teams WHERE alert_teams.alert_id = alerts.id
            AND alert_teams.team IN (\(places(teams, &values))))
        """
    }

    /// The places of some values, in a fixed order so that equal lists have equal statements; an empty list fits nothing.
    private static func places(_ texts: Set<String>, _ values: inout [SQLValue]) -> String {
        guard !texts.isEmpty else { return "NULL" }
        return texts.sorted().map { text in
            values.append(.text(text))
            return "$\(values.count)"
        }.joined(separator: ", ")
    }
}
