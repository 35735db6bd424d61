/// The words and prefixes that occur in patterns, looked up by the folded bytes of a word.
///
/// A word has the symbols of its spelling, of the prefixes with which it starts and, for a contraction, of each word
/// that it consists of.
struct Vocabulary: Sendable {
    /// The symbol of each literal word.
    private(set) var wordSymbols: [String: Int32] = [:]
    /// The symbol of each prefix.
    private(set) var prefixSymbols: [String: Int32] = [:]
    /// The number of symbols; the first is 1.
    private(set) var symbolCount: Int32 = 0

    private var words = HashedStrings()
    private var prefixes = HashedStrings()
    private var prefixSymbolByEntry: [Int32] = []
    private var prefixLengths: UInt64 = 0
    /// The pieces of each entry of `words`; each piece is a range of `symbols`.
    private var pieces: [[Range<Int>]] = []
    private var symbols: [Int32] = []

    /// The symbol of a literal word, created if necessary.
    mutating func symbol(word: String) -> Int32 {
        if let known = wordSymbols[word] { return known }
        symbolCount += 1
        wordSymbols[word] = symbolCount
        return symbolCount
    }

    /// The symbol of a prefix, created if necessary.
    mutating func symbol(prefix: String) -> Int32 {
        if let known = prefixSymbols[prefix] { return known }
        symbolCount += 1
        prefixSymbols[prefix] = symbolCount
        return symbolCount
    }

    /// Creates a symbol that belongs to no word.
    mutating func freshSymbol() -> Int32 {
        symbolCount += 1
        return symbolCount
    }

    /// Builds the tables after all symbols are assigned.
    mutating func seal() {
        for (prefix, symbol) in prefixSymbols.sorted(by: { $0.value < $1.value }) {
            prefixes.insert(prefix)
            prefixSymbolByEntry.append(symbol)
            prefixLengths |= 1 << UInt64(min(prefix.utf8.count, 63))
        }
        for (word, _) in wordSymbols.sorted(by: { $0.value < $1.value }) {
            words.insert(word)
            pieces.append([append(symbolsOf: word)])
        }
        for (spelling, parts) in Contractions.pieces.sorted(by: { $0.key < $1.key }) {
            // A pattern can contain this spelling only as the start of a longer word, so the parts take precedence.
            guard words.insert(spelling) else { continue }
            pieces.append(parts.map { append(symbolsOf: $0) })
        }
    }

    /// Calls `body` with the symbols of each piece of the word; an unknown word is one piece without symbols.
    func forEachPiece(of word: UnsafeBufferPointer<UInt8>, _ body: (ArraySlice<Int32>) -> Void) {
        if let entry = words.find(word) {
            for piece in pieces[entry] { body(symbols[piece]) }
        } else if prefixLengths == 0 {
            body([])
        } else {
            var found: [Int32] = []
            forEachPrefix(of: word) { found.append($0) }
            body(found[...])
        }
    }

    /// Whether the word is known in this spelling.
    func holds(_ word: UnsafeBufferPointer<UInt8>) -> Bool { words.find(word) != nil }

    private mutating func append(symbolsOf word: String) -> Range<Int> {
        let start = symbols.count
        if let symbol = wordSymbols[word] { symbols.append(symbol) }
        var word = word
        let found = word.withUTF8 { bytes in
            var found: [Int32] = []
            forEachPrefix(of: bytes) { found.append($0) }
            return found
        }
        symbols += found
        return start..<symbols.count
    }

    private func forEachPrefix(of word: UnsafeBufferPointer<UInt8>, _ body: (Int32) -> Void) {
        var hash = HashedStrings.seed
        for length in 1...max(word.count, 1) where length <= word.count {
            hash = HashedStrings.extend(hash, word[length - 1])
            guard prefixLengths & (1 << UInt64(min(length, 63))) != 0 else { continue }
            let prefix = UnsafeBufferPointer(rebasing: word[..<length])
            if let entry = prefixes.find(prefix, hash: hash) { body(prefixSymbolByEntry[entry]) }
        }
    }
}

/// Strings in one arena, looked up by their bytes without creating a `String`.
struct HashedStrings: Sendable {
    private var slots: [Int32] = Array(repeating: -1, count: 16)
    private var hashes: [UInt64] = []
    private var ranges: [Range<Int>] = []
    private var arena: [UInt8] = []

    /// The hash of an empty string.
    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Extends a hash by one byte (FNV-1a).
    static func extend(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// Adds `string` as the next entry; returns false if it is already present.
    @discardableResult
    mutating func insert(_ string: String) -> Bool {
        let bytes = Array(string.utf8)
        let hash = bytes.reduce(Self.seed, Self.extend)
        guard bytes.withUnsafeBufferPointer({ find($0, hash: hash) }) == nil else { return false }
        ranges.append(arena.count..<(arena.count + bytes.count))
        hashes.append(hash)
        arena += bytes
        if hashes.count * 2 > slots.count { grow() } else { place(Int32(hashes.count - 1)) }
        return true
    }

    /// The index of the entry with these bytes.
    func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var hash = Self.seed
        for byte in bytes { hash = Self.extend(hash, byte) }
        return find(bytes, hash: hash)
    }

    /// The index of the entry with these bytes, given their hash.
    func find(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
        var slot = start(hash)
        while slots[slot] >= 0 {
            let entry = Int(slots[slot])
            if hashes[entry] == hash, arena[ranges[entry]].elementsEqual(bytes) { return entry }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func start(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1) }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for entry in hashes.indices { place(Int32(entry)) }
    }

    private mutating func place(_ entry: Int32) {
        var slot = start(hashes[Int(entry)])
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }
}
