package import Vocabulary

/// What a replay found.
package struct ReplayTally: Sendable {
    /// A case that the draft decides otherwise.
    package struct Example: Sendable {
        /// The case.
        package let id: String
        /// What was decided.
        package let from: ResolutionOutcome
        /// What the draft decides.
        package let to: ResolutionOutcome
        /// What was asked for.
        package let action: String
        /// How much.
        package let amount: Money?
        /// Why, as recorded.
        package let becauseFrom: [String]
        /// Why, by the draft.
        package let becauseTo: [String]
    }

    /// From what to what a case went.
    package struct Change: Sendable, Hashable {
        /// What was decided.
        package let from: ResolutionOutcome
        /// What the draft decides.
        package let to: ResolutionOutcome

        package init(from: ResolutionOutcome, to: ResolutionOutcome) { (self.from, self.to) = (from, to) }

        /// Every change, those to the same outcome also.
        static let all = ResolutionOutcome.allCases.flatMap { from in
            ResolutionOutcome.allCases.map { Change(from: from, to: $0) }
        }

        /// Its place among all.
        var place: Int { 3 * Self.place(of: from) + Self.place(of: to) }

        private static func place(of outcome: ResolutionOutcome) -> Int {
            switch outcome {
            case .approved: 0
            case .approvalRequired: 1
            case .denied: 2
            }
        }

        /// Whether more or less is approved alone; nil when neither.
        var sign: Int64? { to == .approved ? 1 : from == .approved ? -1 : nil }
    }

    /// Examples kept of each change.
    static let maximumExamples = 5

    /// How many cases were replayed.
    package private(set) var cases = 0
    /// How many could not be read and were left out.
    package private(set) var unreadable = 0
    /// What was wrong with the first of these.
    package private(set) var firstFault: String?
    /// How many went from what to what, those that stay apart.
    package var changes: [Change: Int] {
        var changes: [Change: Int] = [:]
        for change in Change.all where counts[change.place] > 0 { changes[change] = counts[change.place] }
        return changes
    }
    /// What would be approved alone more, or less, in minor units by currency.
    package var amountDelta: [Currency: Int64] { Dictionary(uniqueKeysWithValues: deltas) }
    /// Some of the cases that change, of every kind.
    package private(set) var examples: [Example] = []

    // Counting is what a replay does most: neither hashes anything.
    private var counts = [Int](repeating: 0, count: Change.all.count)
    private var deltas: [(currency: Currency, units: Int64)] = []

    package init() {}

    /// How many cases are decided otherwise.
    package var changed: Int { Change.all.reduce(0) { $0 + counts[$1.place] } }

    mutating func addUnreadable(_ fault: String) {
        unreadable += 1
        firstFault = firstFault ?? fault
    }

    /// Counts a case; `example` is asked when one more of this change is wanted.
    mutating func add(_ change: Change, amount: Money?, example: () -> Example?) {
        cases += 1
        guard change.from != change.to else { return }
        counts[change.place] += 1
        if let amount, let sign = change.sign { add(sign * amount.minorUnits, amount.currency) }
        if counts[change.place] <= Self.maximumExamples, let example = example() { examples.append(example) }
    }

    private mutating func add(_ units: Int64, _ currency: Currency) {
        if let place = deltas.firstIndex(where: { $0.currency.code == currency.code }) {
            deltas[place].units += units
        } else {
            deltas.append((currency, units))
        }
    }

    /// Adds what another part of the replay found.
    package mutating func merge(_ other: ReplayTally) {
        cases += other.cases
        unreadable += other.unreadable
        firstFault = firstFault ?? other.firstFault
        for example in other.examples {
            let same = examples.count { $0.from == example.from && $0.to == example.to }
            if same < Self.maximumExamples { examples.append(example) }
        }
        for place in counts.indices { counts[place] += other.counts[place] }
        for delta in other.deltas { add(delta.units, delta.currency) }
    }
}
