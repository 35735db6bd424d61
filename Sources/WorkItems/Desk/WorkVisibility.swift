package import Access
import Storage
import Vocabulary

/// Which items a caller may see and change: the one place that decides it, for single items, lists and streams.
///
/// Admins, operations, auditors and supervisors of every team see all; other supervisors and agents those of their teams, those they own and
/// those they created, wherever the rules have sent them. Whoever created an item of another team comments on it, and cancels it until
/// somebody has claimed it. To be an auditor as well lets nobody change more.
package struct WorkVisibility: Sendable, Hashable {
    private let seesAll: Bool
    private let changesAll: Bool
    private let teams: Set<String>
    private let ledTeams: Set<String>
    private let subject: String?

    /// What this caller may see.
    package init(of principal: Principal) {
        changesAll = principal.leadsEveryTeam || principal.roles.contains(.operations)
        seesAll = changesAll || principal.roles.contains(.auditor)
        let works = principal.holds(anyOf: [.agent, .supervisor])
        teams = works ? Set(principal.teams) : []
        ledTeams = principal.roles.contains(.supervisor) ? Set(principal.teams) : []
        subject = works ? principal.subject : nil
    }

    /// Whether the caller may see an item.
    package func includes(_ item: WorkItem) -> Bool { seesAll || reaches(item) || created(item) }

    /// Whether the caller may see an event: of an item of theirs, or of one that has just left them.
    package func includes(_ event: WorkEvent) -> Bool {
        includes(event.item) || event.entry.formerTeam.map(teams.contains) ?? false
            || subject != nil && event.entry.formerOwner == subject
    }

    /// Whether an item is the caller's to change by a command; its state may still not allow it.
    func mayGive(_ command: WorkCommand, to item: WorkItem) -> Bool {
        if changesAll || reaches(item) { return true }
        switch command {
        case .comment, .cancel: return created(item)
        case .claim, .release, .transfer, .wait, .resume, .complete: return false
        }
    }

    /// Whether the caller acts on what others own.
    func leads(_ item: WorkItem) -> Bool { changesAll || ledTeams.contains(item.team) }

    /// Whether the caller sees everything of a team.
    func sees(team: String) -> Bool { seesAll || teams.contains(team) }

    private func reaches(_ item: WorkItem) -> Bool {
        teams.contains(item.team) || subject != nil && item.owner == subject
    }

    private func created(_ item: WorkItem) -> Bool { subject != nil && item.createdBy == subject }

    /// The parts of all items in which everything is that a filter may find; an item may be in several of them.
    ///
    /// Only the rows of parts that are not exact are still to be tested, with the filter and with ``condition(_:)``.
    func scopes(_ filter: WorkFilter) -> [WorkScope] {
        if let id = filter.conversation { return [WorkScope(.conversation, id, isExact: false)] }
        if let key = filter.customerKey { return [WorkScope(.customer, key, isExact: false)] }
        if let owner = filter.owner { return scopes(.owner, owner, or: .creator, filter) }
        if let creator = filter.creator { return scopes(.creator, creator, or: .owner, filter) }
        if seesAll { return filter.teams?.sorted().map { WorkScope(.team, $0) } ?? [WorkScope()] }
        let seen = filter.teams?.intersection(teams) ?? teams
        return seen.sorted().map { WorkScope(.team, $0) } + own([.owner, .creator], filter)
    }

    /// The parts of a person's items: what the caller sees of them by team, and what is the caller's as well.
    private func scopes(
        _ column: WorkScope.Column,
        _ person: String,
        or other: WorkScope.Column,
        _ filter: WorkFilter
    ) -> [WorkScope] {
        let isExact = filter.owner == nil || filter.creator == nil
        if seesAll || person == subject {
            return [WorkScope(column, person, teams: filter.teams, isExact: isExact)]
        }
        let seen = filter.teams?.intersection(teams) ?? teams
        return [WorkScope(column, person, teams: seen, isExact: isExact)] + own([other], filter, isExact: false)
    }

    private func own(_ columns: [WorkScope.Column], _ filter: WorkFilter, isExact: Bool = true) -> [WorkScope] {
        guard let subject else { return [] }
        return columns.map { WorkScope($0, subject, teams: filter.teams, isExact: isExact) }
    }

    /// The condition that the caller may see a row; its values are appended.
    func condition(_ values: inout [SQLValue]) -> String {
        if seesAll { return "1 = 1" }
        var parts: [String] = []
        if !teams.isEmpty { parts.append("team IN (\(WorkPlan.places(teams, &values)))") }
        if let subject {
            values.append(.text(subject))
            parts += ["owner = $\(values.count)", "created_by = $\(values.count)"]
        }
        return parts.isEmpty ? "1 = 0" : "(\(parts.joined(separator: " OR ")))"
    }
}
