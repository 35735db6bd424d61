/// The state of one pass over an utterance: which patterns are under way.
///
/// At most one thread stands on each node: of two that wait on the same node the later one waits longer, so it
/// alone is kept. Work per word is therefore bounded by the number of gaps under way, whatever the text.
struct PhraseWalk {
    /// A pattern, or an exception, that ended.
    struct Hit {
        let acceptance: Int32
        let range: Range<Int>
        let words: Range<Int>
    }

    private struct Thread {
        let node: Int32
        let scalar: Int
        let word: Int
    }

    private struct Waiting {
        let gap: PhraseTrie.Gap
        let thread: Thread
        let deadline: Int
    }

    static let mostHits = 4096

    private(set) var hits: [Hit] = []
    private let trie: PhraseTrie
    private let anyWord: Int32?
    private var threads: [Thread] = []
    private var next: [Thread] = []
    private var waiting: [Waiting] = []
    private var arrived: [Waiting] = []
    private var position = 0

    init(_ trie: PhraseTrie, anyWord: Int32?) {
        self.trie = trie
        self.anyWord = anyWord
    }

    /// Lets go of everything under way.
    mutating func endSentence() {
        threads.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
    }

    /// Takes one word, which stands for `symbols`.
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
        if let child = trie.child(0, symbol) {
            arrive(Thread(node: child, scalar: range.lowerBound, word: position), range)
        }
        for thread in threads {
            if let child = trie.child(thread.node, symbol) {
                arrive(Thread(node: child, scalar: thread.scalar, word: thread.word), range)
            }
        }
        for wait in waiting {
            if let child = trie.child(wait.gap.node, symbol) {
                arrive(Thread(node: child, scalar: wait.thread.scalar, word: wait.thread.word), range)
            }
        }
    }

    private mutating func arrive(_ thread: Thread, _ range: Range<Int>) {
        next.append(thread)
        let node = trie.nodes[Int(thread.node)]
        for acceptance in node.accepts where hits.count < Self.mostHits {
            hits.append(
                Hit(
                    acceptance: acceptance,
                    range: thread.scalar..<range.upperBound,
                    words: thread.word..<(position + 1)
                )
            )
        }
        for gap in node.gaps { arrived.append(Waiting(gap: gap, thread: thread, deadline: position + 1 + gap.length)) }
    }

    /// Drops what has waited too long or waits anew.
    private mutating func settle() {
        waiting.removeAll { wait in
            wait.deadline <= position || arrived.contains { $0.gap.index == wait.gap.index }
        }
        waiting += arrived
        arrived.removeAll(keepingCapacity: true)
    }
}
