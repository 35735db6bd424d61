/// A hash of the bytes of a text, the same in every run: for tables of keys that are written beforehand.
///
/// Mixes eight bytes at a time by multiplication, after the FNV and wyhash families. Not seeded, so that whoever chooses
/// the keys of a table can make them collide; looking a text up never adds one.
package struct TextHash: Sendable {
    /// The hash.
    package let value: UInt64
    /// Whether every byte is ASCII.
    package let isASCII: Bool

    /// Hashes a text; costs one pass over its bytes.
    @inlinable
    package init(_ text: String) {
        var text = text
        (value, isASCII) = text.withUTF8 { bytes in
            var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
            var all: UInt64 = 0
            var index = 0
            while index < bytes.count {
                var word: UInt64 = 0
                let end = min(index + 8, bytes.count)
                while index < end {
                    word = word << 8 | UInt64(bytes[index])
                    index += 1
                }
                all |= word
                let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
                hash = product.high ^ product.low
            }
            return (hash, all & 0x8080_8080_8080_8080 == 0)
        }
    }
}
