/// A set of small numbers, one bit for each.
///
/// It says which vectors a search may see. Testing a member takes about a nanosecond.
package struct IdentifierSet: Sendable, Hashable {
    /// Bit `i % 64` of word `i / 64` is set if `i` is a member.
    package private(set) var words: [UInt64]
    /// The number of members.
    package private(set) var count: Int

    /// The empty set.
    package init() { (words, count) = ([], 0) }

    /// The set whose bits are `words`.
    package init(words: [UInt64]) {
        self.words = words
        count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// The set of `members`.
    package init(_ members: some Sequence<UInt32>) {
        self.init()
        for member in members { insert(member) }
    }

    /// Adds a member.
    package mutating func insert(_ member: UInt32) {
        let word = Int(member >> 6)
        while words.count <= word { words.append(0) }
        let bit: UInt64 = 1 << UInt64(member & 63)
        if words[word] & bit == 0 {
            words[word] |= bit
            count += 1
        }
    }

    /// Takes a member out.
    package mutating func remove(_ member: UInt32) {
        let word = Int(member >> 6)
        let bit: UInt64 = 1 << UInt64(member & 63)
        if word < words.count, words[word] & bit != 0 {
            words[word] &= ~bit
            count -= 1
        }
    }

    /// The members in ascending order.
    package var members: [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(count)
        for (place, word) in words.enumerated() where word != 0 {
            var bits = word
            while bits != 0 {
                result.append(UInt32(place) << 6 | UInt32(bits.trailingZeroBitCount))
                bits &= bits - 1
            }
        }
        return result
    }

    /// Whether `member` is one.
    package func contains(_ member: UInt32) -> Bool {
        let word = Int(member >> 6)
        return word < words.count && words[word] >> UInt64(member & 63) & 1 == 1
    }
}
