/// Caches the forms of words, so that each distinct word is folded and stemmed only once.
///
/// Words are looked up by their bytes in an open-addressing table; terms and surfaces get numbers in order of
/// appearance.
final class WordTable {
    /// The numbers of a word's forms.
    struct Entry {
        var term: UInt32
        var surface: UInt32
        /// The ``FunctionTerm`` of a function word; ``WordTable/noTerm`` for any other.
        var functionTerm: UInt32
    }

    /// The value for words without such a term.
    static let noTerm = UInt32.max

    /// A surface and its term.
    struct Surface: Hashable {
        var text: String
        var term: UInt32
    }

    private(set) var terms: [String] = []
    private(set) var surfaces: [Surface] = []
    private let analyzer: WordAnalyzer
    private var termNumbers: [String: UInt32] = [:]
    private var surfaceNumbers: [Surface: UInt32] = [:]
    private var slots: [Int32]
    private var entries: [Entry] = []
    private var places: [(start: Int, length: Int, hash: UInt64)] = []
    private let words = SectionBuffer(byteCapacity: 1 << 16)

    init(analyzer: WordAnalyzer) {
        self.analyzer = analyzer
        slots = Array(repeating: -1, count: 1 << 12)
    }

    /// The numbers of a word's forms.
    func entry(_ word: UnsafeBufferPointer<UInt8>) -> Entry {
        let hash = Self.hash(word)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if places[number].hash == hash, isWord(number, word) { return entries[number] }
            slot = (slot + 1) & mask
        }
        return insert(word, hash: hash, slot: slot)
    }

    private func isWord(_ number: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        guard places[number].length == word.count else { return false }
        let known = words.bytes[places[number].start..<places[number].start + word.count]
        return compareBytes(UnsafeRawBufferPointer(rebasing: known).assumingMemoryBound(to: UInt8.self), word) == 0
    }

    private func insert(_ word: UnsafeBufferPointer<UInt8>, hash: UInt64, slot: Int) -> Entry {
        let forms = analyzer.forms(of: word)
        let term = number(of: forms.term)
        let surface = number(of: Surface(text: forms.surface, term: term))
        let functionTerm = forms.isStopWord ? number(of: FunctionTerm.of(forms.surface)) : Self.noTerm
        slots[slot] = Int32(entries.count)
        places.append((words.byteCount, word.count, hash))
        words.append(contentsOf: UnsafeRawBufferPointer(word))
        entries.append(Entry(term: term, surface: surface, functionTerm: functionTerm))
        if entries.count * 2 > slots.count { rehash() }
        return entries[entries.count - 1]
    }

    private func number(of term: String) -> UInt32 {
        if let known = termNumbers[term] { return known }
        let number = UInt32(terms.count)
        terms.append(term)
        termNumbers[term] = number
        return number
    }

    private func number(of surface: Surface) -> UInt32 {
        if let known = surfaceNumbers[surface] { return known }
        let number = UInt32(surfaces.count)
        surfaces.append(surface)
        surfaceNumbers[surface] = number
        return number
    }

    private func rehash() {
        slots = Array(repeating: -1, count: slots.count * 2)
        let mask = slots.count - 1
        for number in entries.indices {
            var slot = Int(truncatingIfNeeded: places[number].hash) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(number)
        }
    }

    @inline(__always)
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(word.count)
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash ^= hash >> 32
        return hash &* 0xD6E8_FEB8_6659_FD93 >> 8
    }
}
