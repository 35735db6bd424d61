package import Access
import Vocabulary

/// Which figures a caller may see.
///
/// Agents see those of themselves, supervisors those of themselves and of their teams; supervisors of every team, auditors and
/// admins all. Nobody else sees any. Whoever holds several roles sees what any of them may.
package struct MeasureVisibility: Sendable, Hashable {
    /// Whether every figure is seen.
    package let seesAll: Bool
    /// Whose own figures are seen; nil for roles that have none.
    let owner: String?
    /// The teams whose figures are seen.
    let teams: [String]
    private let audience: MeasureAudience?

    /// What a caller may see.
    package init(of principal: Principal) {
        seesAll = principal.leadsEveryTeam || principal.roles.contains(.auditor)
        owner = principal.holds(anyOf: [.agent, .supervisor]) ? Place.line(principal.subject) : nil
        teams = principal.roles.contains(.supervisor) ? principal.teams.map(Place.line) : []
        audience =
            if seesAll || principal.roles.contains(.supervisor) { .supervisor } else { owner == nil ? nil : .agent }
    }

    /// Whether the caller may know of a measure.
    package func includes(_ definition: MeasureDefinition) -> Bool {
        audience.map { definition.audience <= $0 } ?? false
    }

    /// Whether the caller may see what is counted for an agent and teams.
    func includes(agent: String, teams concerned: String) -> Bool {
        seesAll || (owner != nil && agent == owner) || Place.names(concerned).contains(where: teams.contains)
    }
}
