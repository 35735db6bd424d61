/// Finds the phrases of many rules in an utterance in one pass.
///
/// The rules are compiled to one automaton over words, which is simulated once from left to right for all start
/// positions simultaneously (Thompson, 1968, with waiting states for gaps). The cost depends on the length of the text
/// and the number of partial matches, hardly on the number of rules. A matcher is immutable and can be shared.
///
/// ## Topics
/// - ``init(_:)``
/// - ``check(_:)``
/// - ``matches(in:)``
/// - ``PhraseRule``
package struct PhraseMatcher: Sendable {
    private let rules: [PhraseRule]
    private let automaton: PhraseAutomaton
    private let vocabulary: Vocabulary
    private let anyWord: Int32?
    /// The rule and place of each exception; its acceptance id is its index plus the number of rules.
    private let exceptions: [(rule: Int, place: PhraseRule.Exception.Place)]

    private static let maximumSteps = 4_000_000

    /// Compiles `rules`; throws a ``PhraseError`` that names the invalid pattern.
    ///
    /// Limits: 4,096 plain sequences and 24 words per pattern, gaps of 12 words, four million transitions in total. The
    /// cost is linear in the patterns' length.
    package init(_ rules: [PhraseRule]) throws(PhraseError) {
        self.rules = rules
        var compiler = PhraseCompiler()
        for (index, rule) in rules.enumerated() {
            for pattern in rule.patterns { try compiler.add(pattern, acceptance: index) }
        }
        var exceptions: [(rule: Int, place: PhraseRule.Exception.Place)] = []
        for (index, rule) in rules.enumerated() {
            for exception in rule.exceptions {
                try compiler.add(exception.pattern, acceptance: rules.count + exceptions.count)
                exceptions.append((index, exception.place))
            }
            guard compiler.automaton.size <= Self.maximumSteps else {
                throw PhraseError(code: .tooLarge, message: "the rules have more than \(Self.maximumSteps) steps")
            }
        }
        compiler.seal()
        self.exceptions = exceptions
        automaton = compiler.automaton
        vocabulary = compiler.vocabulary
        anyWord = compiler.anyWord
    }

    /// Checks the notation and the limits of one pattern; throws the same errors as compiling it.
    package static func check(_ pattern: String) throws(PhraseError) { _ = try Pattern(pattern) }

    /// The matches in `utterance`, sorted by start and then by rule.
    ///
    /// Of overlapping matches of one rule, only the first to start is returned, and of those the longest.
    package func matches(in utterance: String) -> [PhraseMatch] {
        let hits = hits(in: utterance)
        return hits.isEmpty ? [] : resolve(hits, utterance)
    }

    private func hits(in utterance: String) -> [PhraseWalk.Hit] {
        var utterance = utterance
        var walk = PhraseWalk(automaton, anyWord: anyWord)
        utterance.withUTF8 { bytes in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Words.longest) { buffer in
                Words.forEach(bytes, buffer: buffer) { length, hasApostrophe, range, afterSentence in
                    if afterSentence { walk.endSentence() }
                    let length =
                        hasApostrophe && !isContraction(buffer, length) ? Self.dropApostrophes(buffer, length) : length
                    vocabulary.forEachPiece(of: UnsafeBufferPointer(rebasing: buffer[..<length])) {
                        walk.step($0, range: range)
                    }
                }
            }
        }
        return walk.hits
    }

    private func isContraction(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ length: Int) -> Bool {
        vocabulary.holds(UnsafeBufferPointer(rebasing: buffer[..<length]))
    }

    private static func dropApostrophes(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ length: Int) -> Int {
        var kept = 0
        for index in 0..<length where buffer[index] != 0x27 {
            buffer[kept] = buffer[index]
            kept += 1
        }
        return kept
    }

    private func resolve(_ hits: [PhraseWalk.Hit], _ utterance: String) -> [PhraseMatch] {
        let found = hits.filter { Int($0.acceptance) < rules.count }
        let objections = hits.filter { Int($0.acceptance) >= rules.count }
        let ordered =
            found
            .filter { hit in !objections.contains { objects($0, to: hit) } }
            .sorted {
                ($0.range.lowerBound, $1.range.upperBound, $0.acceptance)
                    < ($1.range.lowerBound, $0.range.upperBound, $1.acceptance)
            }
        var ends: [Int32: Int] = [:]
        var kept: [PhraseWalk.Hit] = []
        for hit in ordered where hit.range.lowerBound >= ends[hit.acceptance, default: 0] {
            ends[hit.acceptance] = hit.range.upperBound
            kept.append(hit)
        }
        kept.sort { ($0.range.lowerBound, $0.acceptance) < ($1.range.lowerBound, $1.acceptance) }
        return kept.map { hit in
            let scalars = utterance.unicodeScalars
            let start = scalars.index(scalars.startIndex, offsetBy: hit.range.lowerBound)
            let end = scalars.index(start, offsetBy: hit.range.count)
            return PhraseMatch(rule: Int(hit.acceptance), text: String(scalars[start..<end]), range: hit.range)
        }
    }

    /// Whether the exception `objection` cancels `hit`.
    private func objects(_ objection: PhraseWalk.Hit, to hit: PhraseWalk.Hit) -> Bool {
        let (rule, place) = exceptions[Int(objection.acceptance) - rules.count]
        guard rule == Int(hit.acceptance) else { return false }
        return switch place {
        case .anywhere: true
        case .before(let words):
            objection.words.lowerBound < hit.words.lowerBound
                && objection.words.upperBound + words >= hit.words.lowerBound
        case .after(let words):
            objection.words.upperBound > hit.words.upperBound
                && hit.words.upperBound + words >= objection.words.lowerBound
        }
    }
}
