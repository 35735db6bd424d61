import Access
import Vocabulary

/// Decides which sessions a caller may see and change: agents their own, supervisors those of their teams.
struct SessionVisibility: Sendable {
    private let principal: Principal

    init(of principal: Principal) { self.principal = principal }

    /// Whether the caller may see the session.
    func includes(_ record: SessionRecord) -> Bool { includes(agent: record.agent, teams: record.teams) }

    /// Whether the caller may see a session of an agent and teams.
    func includes(agent: String?, teams: [String]) -> Bool {
        principal.holds(anyOf: [.auditor]) || mayChange(agent: agent, teams: teams)
    }

    /// Whether the caller may change the session; auditors may not.
    func mayChange(_ record: SessionRecord) -> Bool { mayChange(agent: record.agent, teams: record.teams) }

    private func mayChange(agent: String?, teams: [String]) -> Bool {
        if principal.leads(anyOf: teams) { return true }
        guard !principal.roles.isDisjoint(with: [.agent, .supervisor]) else { return false }
        return agent == principal.subject || (agent == nil && teams.contains(where: principal.teams.contains))
    }
}
