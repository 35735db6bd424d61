extension Text {
    /// The first place of a text within another, by code points.
    static func first(_ match: String, in text: String) -> Range<String.Index>? {
        guard let offset = offset(of: match, in: text) else { return nil }
        let start = text.utf8.index(text.startIndex, offsetBy: offset)
        return start..<text.utf8.index(start, offsetBy: match.utf8.count)
    }

    /// The UTF-8 offset of the first place of a text within another; costs time in proportion to both.
    static func offset(of match: String, in text: String) -> Int? {
        let found = text.utf8.withContiguousStorageIfAvailable { bytes in
            match.utf8.withContiguousStorageIfAvailable { needle in offset(of: needle, in: bytes) }
        }
        if let found, let offset = found { return offset }
        return Array(text.utf8).withUnsafeBufferPointer { bytes in
            Array(match.utf8).withUnsafeBufferPointer { needle in offset(of: needle, in: bytes) }
        }
    }

    private static func offset(of needle: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let head = needle.first else { return 0 }
        guard bytes.count >= needle.count else { return nil }
        guard needle.count <= 16 else { return offset(of: needle, in: bytes, borders: borders(of: needle)) }
        for start in 0...(bytes.count - needle.count) where bytes[start] == head {
            var length = 1
            while length < needle.count, bytes[start + length] == needle[length] { length += 1 }
            if length == needle.count { return start }
        }
        return nil
    }

    /// The search of Knuth, Morris and Pratt.
    private static func offset(
        of needle: UnsafeBufferPointer<UInt8>,
        in bytes: UnsafeBufferPointer<UInt8>,
        borders: [Int]
    ) -> Int? {
        var matched = 0
        for (offset, byte) in bytes.enumerated() {
            while matched > 0, needle[matched] != byte { matched = borders[matched - 1] }
            if needle[matched] == byte { matched += 1 }
            if matched == needle.count { return offset + 1 - matched }
        }
        return nil
    }

    /// For each prefix the length of the longest other prefix that ends it.
    private static func borders(of needle: UnsafeBufferPointer<UInt8>) -> [Int] {
        var borders = [Int](repeating: 0, count: needle.count)
        var length = 0
        for index in needle.indices.dropFirst() {
            while length > 0, needle[length] != needle[index] { length = borders[length - 1] }
            if needle[length] == needle[index] { length += 1 }
            borders[index] = length
        }
        return borders
    }
}
