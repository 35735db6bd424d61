/// The state of one pass over an utterance: the partial matches.
///
/// Of two partial matches of the same plain sequence in the same gap, the later one can wait longer, so only that is
/// kept. So there is at most one partial match at each position of each plain sequence, and the work per word is
/// bounded by the patterns for any text.
struct PhraseWalk {
    /// A pattern, or an exception, that matched.
    struct Hit {
        let acceptance: Int32
        let range: Range<Int>
        let words: Range<Int>
    }

    private struct Thread {
        let state: Int32
        let scalar: Int
        let word: Int
        /// A hash of the symbols and gaps on the way, which distinguishes plain sequences that lead to the same state.
        let path: UInt64
    }

    private struct Waiting {
        let gap: PhraseAutomaton.Gap
        let thread: Thread
        let deadline: Int
    }

    static let maximumHits = 4096

    private(set) var hits: [Hit] = []
    private let automaton: PhraseAutomaton
    private let anyWord: Int32?
    private var threads: [Thread] = []
    private var next: [Thread] = []
    private var waiting: [Waiting] = []
    private var arrived: [Waiting] = []
    private var position = 0

    init(_ automaton: PhraseAutomaton, anyWord: Int32?) {
        self.automaton = automaton
        self.anyWord = anyWord
    }

    /// Discards all partial matches.
    mutating func endSentence() {
        threads.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
    }

    /// Advances by one word, which has these `symbols`.
    mutating func step(_ symbols: ArraySlice<Int32>, range: Range<Int>) {
        for symbol in symbols { advance(symbol, range) }
        if let anyWord { advance(anyWord, range) }
        if !threads.isEmpty || !next.isEmpty {
            swap(&threads, &next)
            next.removeAll(keepingCapacity: true)
        }
        if !waiting.isEmpty || !arrived.isEmpty { settle() }
        position += 1
    }

    private mutating func advance(_ symbol: Int32, _ range: Range<Int>) {
        let path = Self.extend(0, UInt64(symbol))
        for index in automaton.entries(symbol) {
            let state = automaton.edges[index].target
            arrive(Thread(state: state, scalar: range.lowerBound, word: position, path: path), range)
        }
        for thread in threads { follow(thread, from: thread.state, symbol, range) }
        for wait in waiting { follow(wait.thread, from: wait.gap.state, symbol, range) }
    }

    private mutating func follow(_ thread: Thread, from state: Int32, _ symbol: Int32, _ range: Range<Int>) {
        for index in automaton.steps(state, symbol) {
            let path = Self.extend(thread.path, UInt64(symbol))
            let target = automaton.edges[index].target
            arrive(Thread(state: target, scalar: thread.scalar, word: thread.word, path: path), range)
        }
    }

    private mutating func arrive(_ thread: Thread, _ range: Range<Int>) {
        let state = automaton.states[Int(thread.state)]
        if !state.edges.isEmpty { next.append(thread) }
        if state.acceptance >= 0, hits.count < Self.maximumHits {
            hits.append(
                Hit(
                    acceptance: state.acceptance,
                    range: thread.scalar..<range.upperBound,
                    words: thread.word..<(position + 1)
                )
            )
        }
        for index in state.gaps {
            let gap = automaton.gaps[Int(index)]
            // The sign distinguishes gaps from symbols.
            let path = Self.extend(thread.path, ~UInt64(gap.length))
            let waiter = Thread(state: thread.state, scalar: thread.scalar, word: thread.word, path: path)
            arrived.append(Waiting(gap: gap, thread: waiter, deadline: position + 1 + Int(gap.length)))
        }
    }

    /// Discards waiting partial matches that have expired or were replaced.
    private mutating func settle() {
        waiting.removeAll { wait in
            wait.deadline <= position
                || arrived.contains { $0.gap.index == wait.gap.index && $0.thread.path == wait.thread.path }
        }
        waiting += arrived
        arrived.removeAll(keepingCapacity: true)
    }

    /// Extends the hash of a path by one step.
    private static func extend(_ path: UInt64, _ step: UInt64) -> UInt64 {
        let mixed = (path ^ step) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ (mixed >> 29)
    }
}
