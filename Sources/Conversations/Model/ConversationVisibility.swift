package import Access
import Vocabulary

/// Which conversations a caller may see, and which of them it may change.
///
/// Agents see their own and those that wait for somebody of their teams; supervisors their own and those of their teams;
/// supervisors of every team, integrations, auditors and admins all. Auditors change nothing. Whoever holds several roles
/// sees and changes what any of them may. The same rule holds for whatever belongs to a conversation.
package struct ConversationVisibility: Sendable, Hashable {
    /// Whether every conversation is seen.
    package let seesAll: Bool
    private let changesAll: Bool
    /// The subject whose own conversations are seen; nil for roles that have none.
    let owner: String?
    /// The teams whose conversations are seen.
    let teams: [String]
    /// The teams whose conversations are seen while nobody leads them.
    let waitingTeams: [String]

    /// What a caller may see.
    package init(of principal: Principal) {
        changesAll = principal.leadsEveryTeam || principal.holds(anyOf: [.integration])
        seesAll = changesAll || principal.roles.contains(.auditor)
        owner = principal.holds(anyOf: [.agent, .supervisor]) ? principal.subject : nil
        teams = principal.roles.contains(.supervisor) ? principal.teams : []
        waitingTeams = principal.roles.contains(.agent) ? principal.teams : []
    }

    /// What a caller may see that asks on behalf of an agent: what that agent leads.
    ///
    /// - Throws: ``ConversationError`` `forbidden` for one who is no integration.
    package init(of principal: Principal, onBehalfOf agent: String?) throws {
        try ConversationStore.check(onBehalfOf: agent, by: principal)
        if let agent, agent != principal.subject {
            self.init(agent: agent)
        } else {
            self.init(of: principal)
        }
    }

    private init(agent: String) {
        (seesAll, changesAll) = (false, false)
        (owner, teams, waitingTeams) = (agent, [], [])
    }

    /// Whether the caller may see a conversation.
    package func includes(_ conversation: Conversation) -> Bool {
        seesAll || reaches(conversation)
    }

    /// Whether the caller may change a conversation.
    package func mayChange(_ conversation: Conversation) -> Bool {
        changesAll || reaches(conversation)
    }

    /// Whether the caller may see what concerns these agents and teams.
    package func includes(agents: [String], teams concerned: [String]) -> Bool {
        seesAll || reaches(agents: agents, teams: concerned)
    }

    private func reaches(_ conversation: Conversation) -> Bool {
        reaches(agents: conversation.agent.map { [$0] } ?? [], teams: conversation.teams)
    }

    private func reaches(agents: [String], teams concerned: [String]) -> Bool {
        if let owner, agents.contains(owner) { return true }
        if concerned.contains(where: teams.contains) { return true }
        return agents.isEmpty && concerned.contains(where: waitingTeams.contains)
    }
}
