/// An utterance split into tokens with their ratings, negation and weights.
///
/// It is valid only within ``withTokens(of:lexicon:names:isKnown:_:)`` and uses stack memory.
package struct Utterance {
    let bytes: UnsafeBufferPointer<UInt8>
    let folded: UnsafeMutableBufferPointer<UInt8>
    /// The tokens in order.
    package let tokens: UnsafeMutableBufferPointer<Token>
    /// The number of words and symbols.
    private(set) var wordCount = 0
    /// The number of exclamation marks.
    private(set) var exclamations = 0
    private(set) var hasQuestion = false
    private(set) var hasCapitals = false
    private(set) var hasSymbols = false
    private(set) var hasReferences = false
    /// Whether a word has a rating.
    private(set) var hasRatings = false

    /// The number of following words to which a negation applies.
    private static let negationReach = 3
    /// The factor for a negated rating.
    private static let negatedRating: Float = -0.74
    private static let beforeContrast: Float = 0.6
    private static let afterContrast: Float = 1.3
    private static let capitals: Float = 1.3
    private static let drawnOut: Float = 1.2
    /// The hash used for words of neutral names, for which no model has a weight.
    private static let nameHash = TextHash.hash("<neutral name>")

    /// Tokenises `text` and passes the utterance to `body`.
    ///
    /// `isKnown` decides by a word's hash whether the model contains it; `names` are treated as words without
    /// sentiment.
    package static func withTokens<Result>(
        of text: String,
        lexicon: Lexicon,
        names: NeutralNames = .none,
        isKnown: (UInt64) -> Bool,
        _ body: (Utterance) -> Result
    ) -> Result {
        var text = text
        return text.withUTF8 { bytes in
            let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(16_384))
            let capacity = min(bytes.count + 1, Tokenizer.maximumTokens)
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Tokenizer.foldingRoom(bytes.count)) {
                folded in
                withUnsafeTemporaryAllocation(of: Token.self, capacity: capacity) { tokens in
                    var tokenizer = Tokenizer(bytes, folded: folded, tokens: tokens)
                    let count = tokenizer.run()
                    var utterance = Utterance(
                        bytes: bytes,
                        folded: folded,
                        tokens: UnsafeMutableBufferPointer(rebasing: tokens[..<count])
                    )
                    utterance.look(up: lexicon, names, isKnown)
                    utterance.weigh()
                    return body(utterance)
                }
            }
        }
    }

    /// The text of the tokens `first...last` as written in the utterance.
    func text(_ first: Int, _ last: Int) -> String {
        String(decoding: bytes[Int(tokens[first].start)..<Int(tokens[last].end)], as: UTF8.self)
    }

    private init(
        bytes: UnsafeBufferPointer<UInt8>,
        folded: UnsafeMutableBufferPointer<UInt8>,
        tokens: UnsafeMutableBufferPointer<Token>
    ) {
        self.bytes = bytes
        self.folded = folded
        self.tokens = tokens
    }

    private mutating func look(up lexicon: Lexicon, _ names: NeutralNames, _ isKnown: (UInt64) -> Bool) {
        var nameEnd = 0
        for index in tokens.indices {
            if index >= nameEnd { nameEnd = index + names.length(at: index, of: tokens) }
            if index < nameEnd {
                wordCount += 1
                (tokens[index].hash, tokens[index].kind, tokens[index].isKnown) = (Self.nameHash, .word, true)
                (tokens[index].isCapital, tokens[index].isDrawnOut) = (false, false)
                continue
            }
            switch tokens[index].kind {
            case .word, .symbol:
                wordCount += 1
                hasSymbols = hasSymbols || tokens[index].kind == .symbol
                hasCapitals = hasCapitals || tokens[index].isCapital
                find(index, lexicon, isKnown)
                if tokens[index].isDrawnOut, !tokens[index].isKnown {
                    tokens[index].hash = singled(tokens[index])
                    find(index, lexicon, isKnown)
                }
            case .mark:
                guard tokens[index].length > 0 else { continue }
                let isQuestion = bytes[Int(tokens[index].start)] == UInt8(ascii: "?")
                hasQuestion = hasQuestion || isQuestion
                if !isQuestion { exclamations += Int(tokens[index].length) }
            case .reference: hasReferences = true
            case .number: break
            }
        }
    }

    private mutating func find(_ index: Int, _ lexicon: Lexicon, _ isKnown: (UInt64) -> Bool) {
        let entry = lexicon.find(tokens[index].hash)
        tokens[index].isKnown = entry != nil || isKnown(tokens[index].hash)
        tokens[index].valence = entry?.valence ?? 0
        if entry == nil, tokens[index].kind == .word {
            tokens[index].valence = inflectedRating(of: tokens[index], in: lexicon)
        }
        tokens[index].role = entry?.role ?? .none
        if tokens[index].valence != 0 { hasRatings = true }
    }

    /// The hash of a drawn-out word without repeated letters.
    private func singled(_ token: Token) -> UInt64 {
        var hash = TextHash.seed
        for position in (Int(token.folded) + 1)..<max(Int(token.folded) + 1, Int(token.foldedEnd) - 1)
        where folded[position] != folded[position - 1] {
            hash = TextHash.extend(hash, folded[position])
        }
        return TextHash.mix(hash)
    }

    /// Applies negation, boosters, contrast and emphasis.
    private mutating func weigh() {
        // At the very end ("not yet", "good though") such a word has no effect on what came before.
        let lastContrast = tokens.dropLast(2).lastIndex { $0.role == .contrast } ?? -1
        let isShouted = wordCount > 2 && tokens.allSatisfy { $0.kind != .word || $0.isCapital || $0.end - $0.start < 2 }
        var reach = 0
        var boost: Float = 1
        for index in tokens.indices {
            var token = tokens[index]
            if token.kind == .mark, bytes[Int(token.start)] != UInt8(ascii: ",") { reach = 0 }
            if token.role == .contrast { reach = 0 }
            var multiplier = boost
            if lastContrast >= 0, index != lastContrast {
                multiplier *= index < lastContrast ? Self.beforeContrast : Self.afterContrast
            }
            if token.isCapital, !isShouted { multiplier *= Self.capitals }
            if token.isDrawnOut { multiplier *= Self.drawnOut }
            token.multiplier = multiplier
            token.isNegated = reach > 0
            token.valence *= multiplier * (reach > 0 ? Self.negatedRating : 1)
            boost = 1
            if case .booster(let factor) = token.role { boost = factor }
            if token.role == .negator {
                reach = Self.negationReach
            } else if token.kind != .mark, reach > 0 {
                reach -= 1
            }
            tokens[index] = token
        }
    }
}
