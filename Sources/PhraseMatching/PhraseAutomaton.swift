/// All patterns as one non-deterministic automaton over symbols; a gap is a state that waits.
///
/// The alternatives of a group lead to one state, so that the size grows with the length of the patterns and not with the
/// number of plain sequences they stand for.
struct PhraseAutomaton: Sendable {
    /// A step from a state to another by a symbol.
    struct Edge: Sendable, Hashable {
        let symbol: Int32
        let target: Int32
    }

    /// A state reached without a word, which keeps waiting.
    struct Gap: Sendable {
        let state: Int32
        /// Its number among all waiting states.
        let index: Int32
        /// The most words between.
        let length: Int32
    }

    /// What can follow, beyond the edges.
    struct State: Sendable {
        /// The acceptance that ends here; -1 for none.
        var acceptance: Int32 = -1
        /// Its part of `edges`, by symbol.
        var edges: Range<Int32> = 0..<0
        /// Its part of `gaps`.
        var gaps: Range<Int32> = 0..<0
    }

    private(set) var states: [State] = []
    private(set) var gaps: [Gap] = []
    private(set) var edges: [Edge] = []
    /// The first steps of all patterns, until they are ordered among the edges.
    private var entries: [Edge] = []
    /// Where the first steps by each symbol begin in `edges`; one more than there are symbols.
    private var entryStarts: [Int] = []

    /// The number of states and steps.
    var size: Int { states.count + edges.count + entries.count }

    /// Adds a state.
    ///
    /// - Parameters:
    ///   - acceptance: the acceptance that ends there; -1 for none.
    ///   - steps: the steps from it, by symbol, each once.
    ///   - waits: the steps behind gaps of some length, each kind likewise.
    /// - Returns: its number.
    mutating func add(
        acceptance: Int32,
        steps: [Edge],
        waits: [(length: Int32, steps: [Edge])]
    ) -> Int32 {
        let firstGap = Int32(gaps.count)
        for (length, steps) in waits {
            gaps.append(Gap(state: Int32(states.count), index: Int32(gaps.count), length: length))
            states.append(State(edges: append(steps)))
        }
        states.append(State(acceptance: acceptance, edges: append(steps), gaps: firstGap..<Int32(gaps.count)))
        return Int32(states.count - 1)
    }

    private mutating func append(_ steps: [Edge]) -> Range<Int32> {
        let first = Int32(edges.count)
        edges += steps
        return first..<Int32(edges.count)
    }

    /// Adds the first steps of a pattern.
    mutating func enter(_ steps: [Edge]) { entries += steps }

    /// Orders the first steps once all patterns are added.
    mutating func seal(symbolCount: Int32) {
        entryStarts = Array(repeating: 0, count: Int(symbolCount) + 2)
        for entry in entries { entryStarts[Int(entry.symbol) + 1] += 1 }
        var first = edges.count
        for symbol in entryStarts.indices {
            first += entryStarts[symbol]
            entryStarts[symbol] = first
        }
        edges += entries.sorted { $0.symbol < $1.symbol }
        entries = []
    }

    /// The first steps by `symbol`, in `edges`.
    func entries(_ symbol: Int32) -> Range<Int> { entryStarts[Int(symbol)]..<entryStarts[Int(symbol) + 1] }

    /// The steps by `symbol` from `state`, in `edges`.
    func steps(_ state: Int32, _ symbol: Int32) -> Range<Int> {
        let range = states[Int(state)].edges
        var (low, high) = (Int(range.lowerBound), Int(range.upperBound))
        while high - low > 8 {
            let middle = (low + high) / 2
            if edges[middle].symbol < symbol { low = middle + 1 } else { high = middle }
        }
        while low < Int(range.upperBound), edges[low].symbol < symbol { low += 1 }
        high = low
        while high < Int(range.upperBound), edges[high].symbol == symbol { high += 1 }
        return low..<high
    }
}
