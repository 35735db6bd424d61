/// All patterns compiled to one non-deterministic automaton over symbols; a gap is a waiting state.
///
/// The alternatives of a group lead to one state, so that the size grows with the length of the patterns and not with
/// the number of plain sequences that they represent.
struct PhraseAutomaton: Sendable {
    /// A transition to a state by a symbol.
    struct Edge: Sendable, Hashable {
        let symbol: Int32
        let target: Int32
    }

    /// A transition without a word to a waiting state.
    struct Gap: Sendable {
        let state: Int32
        /// Its number among all waiting states.
        let index: Int32
        /// The largest number of words in the gap.
        let length: Int32
    }

    /// A state of the automaton.
    struct State: Sendable {
        /// The id accepted here; -1 for none.
        var acceptance: Int32 = -1
        /// Its range of `edges`, sorted by symbol.
        var edges: Range<Int32> = 0..<0
        /// Its range of `gaps`.
        var gaps: Range<Int32> = 0..<0
    }

    private(set) var states: [State] = []
    private(set) var gaps: [Gap] = []
    private(set) var edges: [Edge] = []
    /// The first transitions of all patterns, until `seal(symbolCount:)` sorts them into the edges.
    private var entries: [Edge] = []
    /// The offsets in `edges` of the first transitions by each symbol; one more than the number of symbols.
    private var entryStarts: [Int] = []

    /// The number of states and transitions.
    var size: Int { states.count + edges.count + entries.count }

    /// Adds a state.
    ///
    /// - Parameters:
    ///   - acceptance: the id accepted there; -1 for none.
    ///   - steps: its transitions, sorted by symbol and without duplicates.
    ///   - waits: the transitions after gaps of each length, sorted likewise.
    /// - Returns: the number of the state.
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

    /// Adds the first transitions of a pattern.
    mutating func enter(_ steps: [Edge]) { entries += steps }

    /// Sorts the first transitions after all patterns are added.
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

    /// The first transitions by `symbol`, as a range of `edges`.
    func entries(_ symbol: Int32) -> Range<Int> { entryStarts[Int(symbol)]..<entryStarts[Int(symbol) + 1] }

    /// The transitions by `symbol` from `state`, as a range of `edges`.
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
