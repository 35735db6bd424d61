/// Searches for closing delimiters in a text that is read forward, in time linear in its length.
///
/// A match is remembered until reading has passed it, and a delimiter that was not found is not searched for again. So
/// even a text that opens a construct at every byte and never closes it takes linear time.
struct ForwardSearch {
    private struct Found {
        var from: Int
        /// `Int.max` if there is none.
        var place: Int
    }

    private var found: [String: Found] = [:]

    /// The first occurrence of `text` at or after `start`.
    ///
    /// Letters in `text` are lower case and match both cases.
    mutating func first(_ text: String, from start: Int, in bytes: [UInt8]) -> Int? {
        if let known = found[text], known.from <= start, start <= known.place {
            return known.place == .max ? nil : known.place
        }
        var wanted = text
        let place = wanted.withUTF8 { Self.find($0, from: start, in: bytes) }
        found[text] = Found(from: start, place: place ?? .max)
        return place
    }

    private static func find(_ wanted: UnsafeBufferPointer<UInt8>, from start: Int, in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            guard bytes.count - start >= wanted.count else { return nil }
            let first = wanted[0]
            search: for index in start...(bytes.count - wanted.count) where bytes[index] == first {
                for offset in 1..<max(1, wanted.count) where lowercased(bytes[index + offset]) != wanted[offset] {
                    continue search
                }
                return index
            }
            return nil
        }
    }

    /// Whether `text` occurs at `index`.
    ///
    /// Letters in `text` are lower case and match both cases.
    static func isAt(_ index: Int, _ text: StaticString, in bytes: [UInt8]) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - index >= count else { return false }
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: count)
        return (0..<count).allSatisfy { lowercased(bytes[index + $0]) == wanted[$0] }
    }

    static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
