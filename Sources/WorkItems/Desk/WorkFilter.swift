package import Vocabulary

/// Which items a list holds.
package struct WorkFilter: Sendable, Hashable {
    /// Where they stand.
    package var state: WorkState?
    /// Of one of these teams.
    package var teams: Set<String>?
    /// Of this owner.
    package var owner: String?
    /// Created by this subject.
    package var creator: String?
    /// Of one of these kinds.
    package var kinds: Set<String>?
    /// Whether a clock has run out.
    package var isBreached: Bool?
    /// Live ones of which a clock runs out before this time.
    package var dueBefore: Int64?
    /// Of this conversation.
    package var conversation: String?
    /// Of this customer, as ids are compared.
    package var customerKey: String?
    /// The order of the list.
    package var order: WorkOrder
    /// Only those after this place in the order.
    package var after: WorkPosition?
    /// How many at most.
    package var limit: Int

    package init(order: WorkOrder = .created, limit: Int = 50) {
        self.order = order
        self.limit = limit
    }
}

/// A place in the order of a list.
package struct WorkPosition: Sendable, Hashable, Comparable {
    /// When the item was due next; 0 in the order of creation.
    package var due: Int64
    /// The number of the item.
    package var number: Int64

    package init(due: Int64, number: Int64) { (self.due, self.number) = (due, number) }

    package static func < (left: WorkPosition, right: WorkPosition) -> Bool {
        (left.due, left.number) < (right.due, right.number)
    }
}

extension WorkPosition: LosslessStringConvertible {
    /// The text on the wire.
    package var description: String { "\(due).\(number)" }

    /// Reads the text; nil if this server cannot have returned it.
    package init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let due = parts[0], let number = parts[1], due >= 0, number >= 0 else { return nil }
        self.init(due: due, number: number)
    }
}

/// A page of a list.
package struct WorkPage: Sendable, Hashable {
    /// The items, in the order of the list.
    package var items: [WorkItem]
    /// Where to go on; nil at the end.
    package var next: WorkPosition?
}

/// Puts the pages of several parts together; a pure function.
enum WorkMerge {
    /// What was found in a part.
    struct Part: Sendable, Hashable {
        /// The places of its items, in the order of the list.
        var places: [WorkPosition]
        /// The place up to which the part was looked at; nil if it was looked at to its end.
        var end: WorkPosition?
    }

    /// One page of parts in which the same item may be found several times.
    ///
    /// Nothing beyond the place up to which every part was looked at is given, for another part may hold something before it.
    static func page(_ parts: [Part], limit: Int) -> (places: [WorkPosition], next: WorkPosition?) {
        let end = parts.compactMap(\.end).min()
        let found = Set(parts.flatMap(\.places)).filter { place in end.map { place <= $0 } ?? true }.sorted()
        guard found.count > limit else { return (found, end) }
        let page = Array(found.prefix(limit))
        return (page, page.last)
    }
}
