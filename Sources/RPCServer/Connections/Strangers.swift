import NIOCore

/// The connections without a signed-in caller, oldest first, in total and for each address.
package struct Strangers {
    /// Numbers in the order in which they came; those that left are skipped when they come up.
    private struct Line {
        var numbers = CircularBuffer<UInt64>()
        var count = 0
    }

    /// How many are looked at for one that may go.
    private static let search = 64

    private var all = Line()
    private var groups: [String: Line] = [:]
    private var groupOf: [UInt64: String?] = [:]

    /// Makes an empty list.
    package init() {}

    /// How many there are.
    package var count: Int { groupOf.count }

    /// How many there are from one address.
    package func count(in group: String) -> Int { groups[group]?.count ?? 0 }

    /// Adds a new connection; nil for one without an address, or whose address is not counted.
    package mutating func insert(_ number: UInt64, group: String?) {
        groupOf[number] = .some(group)
        Self.append(number, to: &all)
        if let group { Self.append(number, to: &groups[group, default: Line()]) }
    }

    /// Removes a connection that has signed in or closed; does nothing for any other.
    package mutating func remove(_ number: UInt64) {
        guard let group = groupOf.removeValue(forKey: number) else { return }
        all.count -= 1
        Self.compact(&all) { groupOf[$0] != nil }
        guard let group else { return }
        groups[group]?.count -= 1
        if groups[group]?.count == 0 {
            groups[group] = nil
        } else if var line = groups.removeValue(forKey: group) {
            Self.compact(&line) { groupOf[$0] != nil }
            groups[group] = line
        }
    }

    /// The oldest that may be closed, of one address or of all; the others move to the back of the queue.
    package mutating func oldest(in group: String? = nil, where mayGo: (UInt64) -> Bool) -> UInt64? {
        guard let group else { return Self.oldest(&all, groupOf, mayGo) }
        guard var line = groups.removeValue(forKey: group) else { return nil }
        defer { groups[group] = line }
        return Self.oldest(&line, groupOf, mayGo)
    }

    private static func oldest(
        _ line: inout Line,
        _ present: [UInt64: String?],
        _ mayGo: (UInt64) -> Bool
    ) -> UInt64? {
        var looked = 0
        var left = line.numbers.count
        while looked < search, left > 0, let number = line.numbers.popFirst() {
            left -= 1
            guard present[number] != nil else { continue }
            looked += 1
            line.numbers.append(number)
            if mayGo(number) { return number }
        }
        return nil
    }

    private static func append(_ number: UInt64, to line: inout Line) {
        line.numbers.append(number)
        line.count += 1
    }

    /// Removes closed connections from the list once they outnumber the open ones.
    private static func compact(_ line: inout Line, where isPresent: (UInt64) -> Bool) {
        guard line.numbers.count > line.count * 2 + 64 else { return }
        line.numbers = CircularBuffer(line.numbers.filter(isPresent))
    }
}
