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
    package private(set) var changes: [Change: Int] = [:]
    /// What would be approved alone more, or less, in minor units by currency.
    package private(set) var amountDelta: [Currency: Int64] = [:]
    /// Some of the cases that change, of every kind.
    package private(set) var examples: [Example] = []

    package init() {}

    /// How many cases are decided otherwise.
    package var changed: Int { changes.values.reduce(0, +) }

    mutating func addUnreadable(_ fault: String) {
        unreadable += 1
        firstFault = firstFault ?? fault
    }

    /// Counts a case; `example` is asked when one more of this change is wanted.
    mutating func add(_ change: Change, amount: Money?, example: () -> Example) {
        cases += 1
        guard change.from != change.to else { return }
        changes[change, default: 0] += 1
        if let amount {
            let sign: Int64 = change.to == .approved ? 1 : change.from == .approved ? -1 : 0
            amountDelta[amount.currency, default: 0] += sign * amount.minorUnits
        }
        if changes[change, default: 0] <= Self.maximumExamples { examples.append(example()) }
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
        changes.merge(other.changes, uniquingKeysWith: +)
        amountDelta.merge(other.amountDelta, uniquingKeysWith: +)
    }
}
