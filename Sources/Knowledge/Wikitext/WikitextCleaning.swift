/// Prepares wikitext for reading: removes comments and replaces characters that XML does not allow.
enum WikitextCleaning {
    /// Removes comments everywhere except in `nowiki` and `pre`.
    ///
    /// An unclosed comment extends to the end, as in MediaWiki. A line that contains only a comment is removed
    /// entirely.
    static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        var search = ForwardSearch()
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "<") {
                if ForwardSearch.isAt(index, "<!--", in: bytes) {
                    guard let end = search.first("-->", from: index + 4, in: bytes) else { break }
                    index = end + 3
                    let isAlone = result.last == nil || result.last == 0x0A
                    if isAlone, index < bytes.count, bytes[index] == 0x0A { index += 1 }
                    continue
                }
                if let end = verbatimEnd(index, bytes, &search) {
                    for place in index..<end { append(bytes[place], at: place, bytes, to: &result) }
                    index = end
                    continue
                }
            }
            append(byte, at: index, bytes, to: &result)
            index += 1
        }
        return result
    }

    private static let verbatim: [(StaticString, String)] = [("<nowiki>", "</nowiki>"), ("<pre>", "</pre>")]

    private static func verbatimEnd(_ index: Int, _ bytes: [UInt8], _ search: inout ForwardSearch) -> Int? {
        for (start, end) in verbatim where ForwardSearch.isAt(index, start, in: bytes) {
            return search.first(end, from: index, in: bytes)
        }
        return nil
    }

    private static func append(_ byte: UInt8, at index: Int, _ bytes: [UInt8], to result: inout [UInt8]) {
        if byte < 0x20 {
            if byte != 0x0D { result.append(byte == 0x0A ? 0x0A : 0x20) }
            return
        }
        result.append(byte)
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF; they are replaced with U+FFFD.
        guard byte >= 0xBE, byte <= 0xBF, result.count >= 3 else { return }
        if result[result.count - 2] == 0xBF, result[result.count - 3] == 0xEF { result[result.count - 1] = 0xBD }
    }
}
