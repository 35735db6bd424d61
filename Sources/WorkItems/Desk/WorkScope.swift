import Vocabulary

/// A part of all items that an index has in the order of a list.
struct WorkScope: Sendable, Hashable {
    /// A column of the table with one value in all rows of a part.
    enum Column: String, Sendable {
        case team
        case owner
        case creator = "created_by"
        case conversation = "conversation_id"
        case customer = "customer_id"

        /// Whether its indexes go on with the team, so that a part of it can be narrowed to some teams.
        var hasTeams: Bool { self == .owner || self == .creator }
    }

    /// The column that tells the part; nil for all items.
    let column: Column?
    /// Its value.
    let value: String
    /// Of a person's items, only those of these teams; nil for those of any.
    let teams: Set<String>?
    /// Whether every row passes the filter but for state, kind and clock, and is the caller's to see.
    let isExact: Bool

    /// All items.
    init() { (column, value, teams, isExact) = (nil, "", nil, true) }

    init(_ column: Column, _ value: String, teams: Set<String>? = nil, isExact: Bool = true) {
        (self.column, self.value, self.teams, self.isExact) = (column, value, teams, isExact)
    }
}

/// What lists are filtered by, as one column: kind, state, and whether a clock has run out.
///
/// The items of a team with one facet are a range of an index in the order of a list. There are few facets, ten of a kind at most, and the index
/// finds those that exist with one look-up each; so a list with a filter is merged of ranges, and no row is read that it does not hold.
struct WorkFacet: Sendable, Hashable, LosslessStringConvertible {
    let kind: String
    let state: WorkState
    let isBreached: Bool

    init(_ item: WorkItem) { (kind, state, isBreached) = (item.kind, item.state, item.isBreached) }

    /// Reads what is stored; nil for what this program has not written.
    ///
    /// The name of a kind has no slash.
    init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let state = WorkState(rawValue: String(parts[1])), ["0", "1"].contains(parts[2]) else {
            return nil
        }
        (kind, self.state, isBreached) = (String(parts[0]), state, parts[2] == "1")
    }

    var description: String { "\(kind)/\(state.rawValue)/\(isBreached ? 1 : 0)" }

    /// Whether items of this facet pass a filter.
    func passes(_ filter: WorkFilter) -> Bool {
        filter.state.map { $0 == state } ?? true && filter.kinds?.contains(kind) ?? true
            && filter.isBreached.map { $0 == isBreached } ?? true
    }
}

extension WorkFilter {
    /// Whether it asks for some facets only.
    var hasFacets: Bool { state != nil || kinds != nil || isBreached != nil }
}
