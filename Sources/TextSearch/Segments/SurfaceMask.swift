/// A sketch of a word's letters, to dismiss most words of a dictionary before measuring an edit distance.
enum SurfaceMask {
    /// Two bits a letter or digit: there is one, there are two or more.
    static func of(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var once: UInt64 = 0
        var twice: UInt64 = 0
        for byte in word {
            let bit: UInt64 = 1 << UInt64(byte & 31)
            twice |= once & bit
            once |= bit
        }
        return once << 32 | twice
    }

    /// Whether words with these masks can be within so many edits; never wrong when it says no.
    @inline(__always)
    static func mayMatch(_ left: UInt64, _ right: UInt64, edits: Int) -> Bool {
        (left & ~right).nonzeroBitCount <= edits && (right & ~left).nonzeroBitCount <= edits
    }
}
