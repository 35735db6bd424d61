/// An open-addressing table that keeps 16 bits of each key: a key that was never inserted is found with a probability
/// of about 1 in 30,000.
package struct FingerprintTable: Sendable {
    /// The fingerprint in each slot, 0 for none.
    package internal(set) var fingerprints: [UInt16]

    /// Creates a table for `capacity` keys with a load factor of at most three quarters.
    package init(capacity: Int) {
        var size = 64
        while size * 3 < capacity * 4 { size *= 2 }
        fingerprints = Array(repeating: 0, count: size)
    }

    init(fingerprints: [UInt16]) { self.fingerprints = fingerprints }

    /// The slot of `key`, or nil if it is absent.
    @inline(__always)
    package func find(_ key: UInt64) -> Int? {
        fingerprints.withUnsafeBufferPointer { Self.find(key, in: $0) }
    }

    /// The slot of `key` in `slots`, or nil; the number of slots must be a power of two, with at least one free.
    @inline(__always)
    static func find(_ key: UInt64, in slots: UnsafeBufferPointer<UInt16>) -> Int? {
        let mask = slots.count &- 1
        let wanted = fingerprint(key)
        var slot = Int(truncatingIfNeeded: key) & mask
        var probes = 0
        while slots[slot] != 0, probes <= mask {
            if slots[slot] == wanted { return slot }
            slot = (slot &+ 1) & mask
            probes &+= 1
        }
        return nil
    }

    /// The slot of `key`, which is inserted if it is absent.
    package mutating func insert(_ key: UInt64) -> Int {
        let mask = fingerprints.count - 1
        var slot = Int(truncatingIfNeeded: key) & mask
        while fingerprints[slot] != 0, fingerprints[slot] != Self.fingerprint(key) { slot = (slot + 1) & mask }
        fingerprints[slot] = Self.fingerprint(key)
        return slot
    }

    @inline(__always)
    private static func fingerprint(_ key: UInt64) -> UInt16 { max(1, UInt16(truncatingIfNeeded: key >> 48)) }
}
