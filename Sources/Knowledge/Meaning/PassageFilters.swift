import TextSearch
import VectorIndex

/// Which passages the callers with a certain filter may see, kept for the filters that were used last.
///
/// Few filters are in use: one for each combination of audiences and restrictions that callers meet, times the tags they
/// search with. A set is made when its filter is first used and changed with the articles.
package struct PassageFilters {
    /// How many filters are kept at most.
    static let capacity = 64

    /// What an article is filtered by.
    package struct Traits: Sendable, Hashable {
        /// Labels by number.
        let labels: [UInt32]
        /// Inclusive, in microseconds since 1970; the least number for no limit.
        let validFrom: Int64
        /// Exclusive; the largest number for no limit.
        let validUntil: Int64

        package init(labels: [UInt32], validFrom: Int64, validUntil: Int64) {
            (self.labels, self.validFrom, self.validUntil) = (labels, validFrom, validUntil)
        }

        var isLimited: Bool { validFrom != .min || validUntil != .max }

        func isValid(at time: Int64) -> Bool { validFrom <= time && time < validUntil }
    }

    /// One clause, by the numbers of labels.
    private struct Test {
        let names: Set<String>
        let isExcluding: Bool
        /// Whether each label known is among the names.
        var isNamed: [Bool]

        init(_ clause: SearchFilter.Clause, labels: [String]) {
            switch clause {
            case .anyOf(let names): (self.names, isExcluding) = (Set(names), false)
            case .noneOf(let names): (self.names, isExcluding) = (Set(names), true)
            }
            let names = names
            isNamed = labels.map(names.contains)
        }

        func admits(_ labels: [UInt32]) -> Bool { labels.contains { isNamed[Int($0)] } != isExcluding }
    }

    private struct Kept {
        let clauses: [SearchFilter.Clause]
        var tests: [Test]
        /// The passages of articles that pass the tests, whatever their validity.
        var members: IdentifierSet
        /// The passages that are valid as well, from one time up to another at which the validity of an article changes.
        var valid: (times: Range<Int64>, members: IdentifierSet)?
        var lastUse: UInt64

        func admits(_ labels: [UInt32]) -> Bool { tests.allSatisfy { $0.admits(labels) } }
    }

    private var numbers: [String: UInt32] = [:]
    /// The labels by number.
    private(set) var labels: [String] = []
    private var kept: [Kept] = []
    private var uses: UInt64 = 0
    /// The articles of limited validity, by their number: traits and passages.
    private var limited: [UInt32: (traits: Traits, passages: [UInt32])] = [:]

    /// The number of a label, which it gets if it has none.
    mutating func number(of label: String) -> UInt32 {
        if let known = numbers[label] { return known }
        let number = UInt32(labels.count)
        numbers[label] = number
        labels.append(label)
        for filter in kept.indices {
            for test in kept[filter].tests.indices {
                kept[filter].tests[test].isNamed.append(kept[filter].tests[test].names.contains(label))
            }
        }
        return number
    }

    /// Adds the passages of an article to the sets of the filters that it passes.
    mutating func insert(_ passages: [UInt32], of article: UInt32, _ traits: Traits) {
        if traits.isLimited { limited[article] = (traits, passages) }
        for filter in kept.indices {
            kept[filter].valid = nil
            guard kept[filter].admits(traits.labels) else { continue }
            for passage in passages { kept[filter].members.insert(passage) }
        }
    }

    /// Takes the passages of an article out of all sets.
    mutating func remove(_ passages: [UInt32], of article: UInt32) {
        limited[article] = nil
        for filter in kept.indices {
            kept[filter].valid = nil
            for passage in passages { kept[filter].members.remove(passage) }
        }
    }

    /// The passages that a filter admits; `articles` are all there are.
    ///
    /// Cost: nothing while no article changes and none begins or ends to be valid; else as many steps as there are articles
    /// of limited validity, and for a filter that is not kept, as there are articles.
    mutating func members(
        of filter: SearchFilter,
        among articles: () -> [(traits: Traits, passages: [UInt32])]
    ) -> IdentifierSet {
        uses += 1
        var place = kept.firstIndex { $0.clauses == filter.clauses } ?? kept.count
        if place == kept.count { place = add(filter.clauses, articles()) }
        kept[place].lastUse = uses
        guard let time = filter.asOf, !limited.isEmpty else { return kept[place].members }
        if let valid = kept[place].valid, valid.times.contains(time) { return valid.members }
        var members = kept[place].members
        var times = Int64.min..<Int64.max
        for (traits, passages) in limited.values {
            for bound in [traits.validFrom, traits.validUntil] {
                if bound <= time, bound > times.lowerBound { times = bound..<times.upperBound }
                if bound > time, bound < times.upperBound { times = times.lowerBound..<bound }
            }
            if !traits.isValid(at: time) { for passage in passages { members.remove(passage) } }
        }
        kept[place].valid = (times, members)
        return members
    }

    private mutating func add(
        _ clauses: [SearchFilter.Clause],
        _ articles: [(traits: Traits, passages: [UInt32])]
    ) -> Int {
        var new = Kept(
            clauses: clauses,
            tests: clauses.map { Test($0, labels: labels) },
            members: IdentifierSet(),
            lastUse: uses
        )
        for (traits, passages) in articles where new.admits(traits.labels) {
            for passage in passages { new.members.insert(passage) }
        }
        if kept.count < Self.capacity {
            kept.append(new)
            return kept.count - 1
        }
        let oldest = kept.indices.min { kept[$0].lastUse < kept[$1].lastUse } ?? 0
        kept[oldest] = new
        return oldest
    }
}
