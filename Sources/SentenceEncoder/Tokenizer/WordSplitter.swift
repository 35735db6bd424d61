/// Prepares characters one by one, gathers words and appends the ids of their pieces.
struct WordSplitter {
    private let tokenizer: Tokenizer
    private let rules = CharacterRules.shared
    private let normalization: Tokenizer.Normalization
    private let limit: Int
    private(set) var ids: [Int32]
    /// The word so far in UTF-8, no longer than a word may be.
    private var word: [UInt8] = []
    /// Its characters, which can be more.
    private var length = 0
    /// Combining characters that wait for the end of their sequence to be put into canonical order.
    private var waiting: [(code: UInt32, order: UInt8)] = []
    /// The hash of each prefix of a piece that ends where a character ends.
    private var prefixes: [(end: Int, hash: PieceTable.Hash)] = []

    init(_ tokenizer: Tokenizer, _ ids: [Int32], _ limit: Int) {
        self.tokenizer = tokenizer
        self.ids = ids
        self.limit = limit
        normalization = tokenizer.normalization
    }

    mutating func add(ascii byte: UInt8) {
        switch byte {
        case 0x61...0x7A, 0x30...0x39:
            if !waiting.isEmpty { settle() }
            extend(byte)
        case 0x41...0x5A:
            if !waiting.isEmpty { settle() }
            extend(normalization.lowercases ? byte | 0x20 : byte)
        default:
            add(UInt32(byte))
        }
    }

    /// Adds a character of the text.
    mutating func add(_ original: UInt32) {
        var code = original
        var traits = rules.traits(of: code)
        if normalization.cleansText {
            if traits.contains(.removed) { return }
            if traits.contains(.blank) {
                code = 0x20
                traits = .space
            }
        }
        let isSpaced = normalization.spacesIdeographs && traits.contains(.ideograph)
        if isSpaced { separate() }
        if normalization.stripsAccents {
            if !traits.contains(.combining) { settle() }
            if traits.contains(.stripped) {
                var parts: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
                var count = 0
                rules.decompose(code) { part in
                    switch count {
                    case 0: parts.0 = part
                    case 1: parts.1 = part
                    case 2: parts.2 = part
                    default: parts.3 = part
                    }
                    count += 1
                }
                if count > 0 { order(parts.0) }
                if count > 1 { order(parts.1) }
                if count > 2 { order(parts.2) }
                if count > 3 { order(parts.3) }
            } else if traits.contains(.combining) {
                order(code)
            } else {
                lower(code, traits)
            }
        } else {
            lower(code, traits)
        }
        if isSpaced { separate() }
    }

    /// Ends the last word.
    mutating func finish() { separate() }

    /// Holds back a combining character; anything else ends the sequence before it.
    private mutating func order(_ code: UInt32) {
        let order = rules.combiningClass(of: code)
        guard order > 0 else {
            settle()
            return lower(code, rules.traits(of: code))
        }
        waiting.append((code, order))
    }

    /// Puts the waiting characters into canonical order: by class, and within one as they came.
    private mutating func settle() {
        guard !waiting.isEmpty else { return }
        let indices = waiting.indices.sorted { (waiting[$0].order, $0) < (waiting[$1].order, $1) }
        let codes = indices.map { waiting[$0].code }
        waiting.removeAll(keepingCapacity: true)
        for code in codes { lower(code, rules.traits(of: code)) }
    }

    private mutating func lower(_ code: UInt32, _ traits: CharacterRules.Traits) {
        guard normalization.lowercases, traits.contains(.cased) else { return place(code, traits) }
        var parts: (UInt32, UInt32) = (0, 0)
        var count = 0
        rules.lower(code) { part in
            if count == 0 { parts.0 = part } else { parts.1 = part }
            count += 1
        }
        place(parts.0, rules.traits(of: parts.0))
        if count > 1 { place(parts.1, rules.traits(of: parts.1)) }
    }

    /// Puts a prepared character where it belongs.
    private mutating func place(_ code: UInt32, _ traits: CharacterRules.Traits) {
        if traits.contains(.space) {
            endWord()
        } else if traits.contains(.punctuation) {
            endWord()
            extend(code)
            endWord()
        } else {
            extend(code)
        }
    }

    private mutating func separate() {
        settle()
        endWord()
    }

    private mutating func extend(_ byte: UInt8) {
        length += 1
        if length <= tokenizer.maximumWordLength { word.append(byte) }
    }

    private mutating func extend(_ code: UInt32) {
        length += 1
        guard length <= tokenizer.maximumWordLength else { return }
        switch code {
        case ..<0x80:
            word.append(UInt8(code))
        case ..<0x800:
            word.append(UInt8(0xC0 | code >> 6))
            word.append(UInt8(0x80 | code & 63))
        case ..<0x10000:
            word.append(UInt8(0xE0 | code >> 12))
            word.append(UInt8(0x80 | code >> 6 & 63))
            word.append(UInt8(0x80 | code & 63))
        default:
            word.append(UInt8(0xF0 | code >> 18))
            word.append(UInt8(0x80 | code >> 12 & 63))
            word.append(UInt8(0x80 | code >> 6 & 63))
            word.append(UInt8(0x80 | code & 63))
        }
    }

    private mutating func endWord() {
        guard length > 0 else { return }
        if length > tokenizer.maximumWordLength {
            add(id: tokenizer.roles.unknown)
        } else {
            appendPieces()
        }
        word.removeAll(keepingCapacity: true)
        length = 0
    }

    private mutating func add(id: Int32) {
        if ids.count < limit { ids.append(id) }
    }

    /// Appends the longest piece at each position, or one unknown token if a position has none.
    private mutating func appendPieces() {
        let before = ids.count
        var start = 0
        while start < word.count {
            prefixes.removeAll(keepingCapacity: true)
            var hash = PieceTable.Hash(isContinuing: start > 0)
            var end = start
            while end < word.count, end - start < tokenizer.pieces.longest {
                hash.add(word[end])
                end += 1
                // A piece ends where no continuation byte follows.
                if end == word.count || word[end] & 0xC0 != 0x80 { prefixes.append((end, hash)) }
            }
            var found: (id: Int32, end: Int)?
            for prefix in prefixes.reversed() {
                if let id = tokenizer.pieces.id(prefix.hash, of: word, start, prefix.end) {
                    found = (id, prefix.end)
                    break
                }
            }
            guard let found else {
                ids.removeSubrange(before...)
                return add(id: tokenizer.roles.unknown)
            }
            ids.append(found.id)
            start = found.end
        }
        // What a limit cuts off is decided only when the whole word has its pieces.
        if ids.count > limit { ids.removeSubrange(limit...) }
    }
}
