package import Access
import Storage
import Vocabulary

/// Which items a caller may see and change: the one place that decides it, for single items, lists and streams.
///
/// Admins, operations, auditors and supervisors of every team see all; other supervisors and agents those of their teams and those they own.
/// To be an auditor as well lets nobody change more.
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
    package func includes(_ item: WorkItem) -> Bool { seesAll || reaches(item) }

    /// Whether the caller may see an event: of an item of theirs, or of one that has just left them.
    package func includes(_ event: WorkEvent) -> Bool {
        includes(event.item) || event.entry.formerTeam.map(teams.contains) ?? false
            || subject != nil && event.entry.formerOwner == subject
    }

    /// Whether the caller may change an item.
    func mayChange(_ item: WorkItem) -> Bool { changesAll || reaches(item) }

    /// Whether the caller acts on what others own.
    func leads(_ item: WorkItem) -> Bool { changesAll || ledTeams.contains(item.team) }

    /// Whether the caller sees everything of a team.
    func sees(team: String) -> Bool { seesAll || teams.contains(team) }

    private func reaches(_ item: WorkItem) -> Bool {
        teams.contains(item.team) || subject != nil && item.owner == subject
    }

    /// The parts of the table in which everything is that a filter may find, each of which an index has in order.
    ///
    /// An item may be in several of them. Rows of a part are still to be tested with ``condition(_:)``.
    func scopes(_ filter: WorkFilter) -> [WorkScope] {
        if let id = filter.conversation { return [.conversation(id)] }
        if let key = filter.customerKey { return [.customer(key)] }
        if let owner = filter.owner { return [.owner(owner)] }
        let own = subject.map { [WorkScope.owner($0)] } ?? []
        if let wanted = filter.teams {
            let seen = wanted.filter(sees).sorted().map(WorkScope.team)
            return seesAll ? seen : seen + own
        }
        return seesAll ? [.everything] : teams.sorted().map(WorkScope.team) + own
    }

    /// The condition that the caller may see a row; its values are appended.
    func condition(_ values: inout [SQLValue]) -> String {
        if seesAll { return "1 = 1" }
        var parts: [String] = []
        if !teams.isEmpty { parts.append("team IN (\(WorkTable.places(teams, &values)))") }
        if let subject {
            values.append(.text(subject))
            parts.append("owner = $\(values.count)")
        }
        return parts.isEmpty ? "1 = 0" : "(\(parts.joined(separator: " OR ")))"
    }
}

/// A part of the table of items that an index has in the order of a list.
enum WorkScope: Sendable, Hashable {
    case everything
    case team(String)
    case owner(String)
    case conversation(String)
    case customer(String)
}
