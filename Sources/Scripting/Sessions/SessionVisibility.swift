import Access

/// Who may see and change which sessions: agents their own, supervisors those of their teams.
struct SessionVisibility: Sendable {
    private let principal: Principal

    init(of principal: Principal) { self.principal = principal }

    /// Whether the caller may know of the session.
    func includes(_ record: SessionRecord) -> Bool { includes(agent: record.agent, teams: record.teams) }

    /// Whether the caller may know of a session of an agent and of teams.
    func includes(agent: String?, teams: [String]) -> Bool {
        principal.holds(anyOf: [.auditor]) || mayChange(agent: agent, teams: teams)
    }

    /// Whether the caller may go on with the session; an auditor alone changes nothing.
    func mayChange(_ record: SessionRecord) -> Bool { mayChange(agent: record.agent, teams: record.teams) }

    private func mayChange(agent: String?, teams: [String]) -> Bool {
        if principal.leads(anyOf: teams) { return true }
        guard !principal.roles.isDisjoint(with: [.agent, .supervisor]) else { return false }
        return agent == principal.subject || (agent == nil && teams.contains(where: principal.teams.contains))
    }
}
