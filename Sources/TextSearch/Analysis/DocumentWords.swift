/// Enumerates the words of a text: plain words, and after the parts of `E-104` or `follow-up` also the joined word.
enum DocumentWords {
    struct Word {
        /// The word, or the joined parts.
        let bytes: UnsafeBufferPointer<UInt8>
        /// The byte offset in the text at which the word, or its first part, begins.
        let start: Int
        /// The byte offset at which the word, or its last part, ends.
        let end: Int
        /// The ordinal of the word in the text, or of its first part.
        let ordinal: Int
        /// The number of parts of a joined word; 1 for a plain word.
        let parts: Int

        /// Calls `body` with the bytes of the word.
        @inline(__always)
        func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result { body(bytes) }
    }

    /// The largest number of parts of a joined word; more parts are a list rather than a word.
    private static let maximumParts = 4

    /// Calls `body` with each word in order; returns the number of plain words.
    @discardableResult
    @inline(__always)
    static func each(in text: UnsafeBufferPointer<UInt8>, _ body: (Word) -> Void) -> Int {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: WordAnalyzer.maximumWordBytes) { scratch in
            var scanner = TokenScanner(text)
            var chain = Chain(scratch: scratch)
            var ordinal = 0
            while let token = scanner.next() {
                if chain.parts > 0, !isLinked(text, chain.end, token.start) {
                    if let joined = chain.joined { body(joined) }
                    chain.reset()
                }
                let bytes = UnsafeBufferPointer(rebasing: text[token.start..<token.end])
                body(Word(bytes: bytes, start: token.start, end: token.end, ordinal: ordinal, parts: 1))
                chain.append(bytes, token, ordinal)
                ordinal += 1
            }
            if let joined = chain.joined { body(joined) }
            return ordinal
        }
    }

    /// Whether exactly a hyphen, underscore or at sign separates two words.
    @inline(__always)
    private static func isLinked(_ text: UnsafeBufferPointer<UInt8>, _ end: Int, _ start: Int) -> Bool {
        if start == end + 1 { return text[end] == 0x2D || text[end] == 0x5F || text[end] == 0x40 }
        guard start == end + 3, text[end] == 0xE2, text[end + 1] == 0x80 else { return false }
        return text[end + 2] == 0x90 || text[end + 2] == 0x91
    }

    private struct Chain {
        let scratch: UnsafeMutableBufferPointer<UInt8>
        var parts = 0
        var end = 0
        private var start = 0
        private var ordinal = 0
        private var length = 0
        private var fits = true

        init(scratch: UnsafeMutableBufferPointer<UInt8>) { self.scratch = scratch }

        mutating func reset() {
            parts = 0
            length = 0
            fits = true
        }

        @inline(__always)
        mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ token: TokenScanner.Token, _ ordinal: Int) {
            if parts == 0 {
                start = token.start
                self.ordinal = ordinal
            }
            if length + bytes.count <= scratch.count {
                for index in 0..<bytes.count { scratch[length + index] = bytes[index] }
                length += bytes.count
            } else {
                fits = false
            }
            parts += 1
            end = token.end
        }

        @inline(__always)
        var joined: Word? {
            guard parts > 1, parts <= DocumentWords.maximumParts, fits else { return nil }
            let bytes = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(scratch)[..<length])
            return Word(bytes: bytes, start: start, end: end, ordinal: ordinal, parts: parts)
        }
    }
}
