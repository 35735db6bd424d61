/// The hashes that identify words and combinations of words in a model.
///
/// They are part of the model's format; after a change the model must be trained again.
package enum TextHash {
    /// The hash of an empty string.
    package static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Extends a hash by one byte (FNV-1a).
    @inline(__always)
    package static func extend(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// Mixes the bits of a hash (the finaliser of SplitMix64).
    @inline(__always)
    package static func mix(_ hash: UInt64) -> UInt64 {
        var value = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// Combines the hashes of `first` and `second`; the order matters.
    @inline(__always)
    package static func combine(_ first: UInt64, _ second: UInt64) -> UInt64 {
        mix((first &* 0x9E37_79B9_7F4A_7C15) ^ (second &+ 0x7F4A_7C15_9E37_79B9))
    }

    /// The hash of a string's bytes.
    package static func hash(_ text: String) -> UInt64 { mix(text.utf8.reduce(seed) { extend($0, $1) }) }
}
