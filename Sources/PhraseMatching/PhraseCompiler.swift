/// Compiles patterns to the automaton and its vocabulary.
///
/// A pattern is compiled from its end: each element is prepended to what can follow it. The cost is linear in its
/// length, plus the first words of each group for every optional part before it.
struct PhraseCompiler {
    private typealias Edge = PhraseAutomaton.Edge

    /// What can follow a position in a pattern.
    private struct Continuation {
        /// A transition, immediate or after a gap.
        struct Step: Hashable, Comparable {
            let gap: Int32
            let symbol: Int32
            let target: Int32

            static func < (left: Step, right: Step) -> Bool {
                (left.gap, left.symbol, left.target) < (right.gap, right.symbol, right.target)
            }
        }

        /// Whether the pattern can end.
        var isEnd = false
        /// The possible transitions, sorted and without duplicates.
        var steps: [Step] = []
        /// Its state, once it has been created.
        var state: Int32?

        /// Creates the union of several continuations.
        init(_ places: [Continuation]) {
            isEnd = places.contains(where: \.isEnd)
            for step in places.flatMap(\.steps).sorted() where steps.last != step { steps.append(step) }
        }

        /// Creates the continuation at the end of a pattern.
        init() { isEnd = true }

        /// Creates a continuation with a single transition.
        init(_ step: Step) { steps = [step] }

        /// What can follow after up to `length` more words; consecutive gaps are combined.
        func waiting(_ length: Int) -> Continuation {
            var later = self
            later.state = nil
            later.steps = steps.map { step in
                let gap = min(step.gap + Int32(length), Int32(Pattern.maximumGap))
                return Step(gap: gap, symbol: step.symbol, target: step.target)
            }
            return Continuation([later])
        }

        /// What can follow immediately; used at the beginning of a pattern, where a gap has no effect.
        var withoutGaps: Continuation {
            var now = self
            now.steps = steps.map { Step(gap: 0, symbol: $0.symbol, target: $0.target) }
            return Continuation([now])
        }

        /// The transitions after a gap of `length` words.
        func edges(behind length: Int32) -> [Edge] {
            steps.filter { $0.gap == length }.map { Edge(symbol: $0.symbol, target: $0.target) }
        }
    }

    private(set) var automaton = PhraseAutomaton()
    private(set) var vocabulary = Vocabulary()
    /// The symbol for any word, if a pattern uses it.
    private(set) var anyWord: Int32?

    /// Adds `pattern`, which accepts with the id `acceptance`.
    mutating func add(_ pattern: String, acceptance: Int) throws(PhraseError) {
        let begin = prepend(try Pattern(pattern).elements, to: Continuation(), acceptance: Int32(acceptance))
        automaton.enter(begin.withoutGaps.edges(behind: 0))
    }

    /// Sorts the tables after all patterns are added.
    mutating func seal() {
        vocabulary.seal()
        automaton.seal(symbolCount: vocabulary.symbolCount)
    }

    private mutating func prepend(
        _ elements: [Pattern.Element],
        to rest: Continuation,
        acceptance: Int32
    ) -> Continuation {
        var result = rest
        for element in elements.reversed() {
            switch element {
            case .word(let word): result = step(vocabulary.symbol(word: word), to: &result, acceptance)
            case .prefix(let prefix): result = step(vocabulary.symbol(prefix: prefix), to: &result, acceptance)
            case .anyWord: result = step(anyWordSymbol(), to: &result, acceptance)
            case .gap(let length): result = result.waiting(length)
            case .group(let choices):
                // The alternatives lead to one state.
                _ = state(of: &result, acceptance)
                result = Continuation(choices.map { prepend($0, to: result, acceptance: acceptance) })
            }
        }
        return result
    }

    private mutating func step(_ symbol: Int32, to rest: inout Continuation, _ acceptance: Int32) -> Continuation {
        Continuation(.init(gap: 0, symbol: symbol, target: state(of: &rest, acceptance)))
    }

    /// The state of a continuation, created if necessary.
    private mutating func state(of continuation: inout Continuation, _ acceptance: Int32) -> Int32 {
        if let state = continuation.state { return state }
        var waits: [(length: Int32, steps: [Edge])] = []
        for step in continuation.steps where step.gap > 0 && step.gap != waits.last?.length {
            waits.append((step.gap, continuation.edges(behind: step.gap)))
        }
        let state = automaton.add(
            acceptance: continuation.isEnd ? acceptance : -1,
            steps: continuation.edges(behind: 0),
            waits: waits
        )
        continuation.state = state
        return state
    }

    private mutating func anyWordSymbol() -> Int32 {
        if let anyWord { return anyWord }
        let symbol = vocabulary.freshSymbol()
        anyWord = symbol
        return symbol
    }
}
