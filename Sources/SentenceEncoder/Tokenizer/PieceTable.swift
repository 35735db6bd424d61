/// The pieces of a WordPiece vocabulary, found by their bytes.
///
/// Bytes are compared, not strings: Swift takes canonically equivalent strings for equal, a vocabulary does not.
struct PieceTable: Sendable {
    /// A hash of a prefix that is extended byte by byte (FNV-1a).
    struct Hash {
        private(set) var value: UInt64

        /// The hash of nothing, at the beginning of a word or within it.
        init(isContinuing: Bool) { value = isContinuing ? 0x84222325cbf29ce4 : 0xcbf29ce484222325 }

        mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100000001b3 }
    }

    /// For each slot of an open table, the piece's number and 1, or 0.
    private var slots: [Int32]
    private var starts: [Int32] = [0]
    private var bytes: [UInt8] = []
    private var hashes: [UInt64] = []
    private var ids: [Int32] = []
    /// Bytes of the longest piece.
    private(set) var longest = 0

    /// The table of `tokens`, whose positions are their ids; empty ones are no pieces.
    ///
    /// A piece within a word is spelled with `prefix`. Of equal tokens the last one counts.
    init(_ tokens: [[UInt8]], continuing prefix: [UInt8]) {
        var size = 16
        while size < tokens.count * 3 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for (id, token) in tokens.enumerated() where !token.isEmpty {
            let isContinuing = !prefix.isEmpty && token.starts(with: prefix)
            add(token[(isContinuing ? prefix.count : 0)...], isContinuing, Int32(id))
        }
    }

    private mutating func add(_ piece: ArraySlice<UInt8>, _ isContinuing: Bool, _ id: Int32) {
        var hash = Hash(isContinuing: isContinuing)
        for byte in piece { hash.add(byte) }
        if let number = number(hash, of: Array(piece), 0, piece.count) {
            ids[number] = id
            return
        }
        bytes += piece
        starts.append(Int32(bytes.count))
        hashes.append(hash.value)
        ids.append(id)
        longest = max(longest, piece.count)
        var slot = Self.slot(hash, slots.count)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(ids.count)
    }

    private static func slot(_ hash: Hash, _ count: Int) -> Int {
        Int(truncatingIfNeeded: hash.value ^ hash.value >> 32) & (count - 1)
    }

    /// The id of the piece `word[start..<end]`, whose hash is `hash`.
    func id(_ hash: Hash, of word: [UInt8], _ start: Int, _ end: Int) -> Int32? {
        number(hash, of: word, start, end).map { ids[$0] }
    }

    private func number(_ hash: Hash, of word: [UInt8], _ start: Int, _ end: Int) -> Int? {
        var slot = Self.slot(hash, slots.count)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            // The two kinds of pieces have different hashes, so that 64 equal bits also mean the same kind.
            if hashes[number] == hash.value, isEqual(number, word, start, end) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isEqual(_ number: Int, _ word: [UInt8], _ start: Int, _ end: Int) -> Bool {
        let from = Int(starts[number])
        guard Int(starts[number + 1]) - from == end - start else { return false }
        for i in 0..<end - start where bytes[from + i] != word[start + i] { return false }
        return true
    }
}
