/// Which `{{` and `[[` of a text belong to which `}}` and `]]`.
///
/// One pass with a stack, so any nesting costs the length of the text. A `}}` closes the last open `{{` and gives up the
/// links opened inside; a `]]` closes only a link that is the last thing opened. What `nowiki`, `pre` and the like hold is no
/// bracket.
struct WikitextBrackets {
    private var closes: [Int: Int] = [:]

    init(_ bytes: [UInt8]) {
        var open: [(place: Int, byte: UInt8)] = []
        var openBraces = 0
        var search = ForwardSearch()
        var index = 0
        while index + 1 < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "<"):
                index = Self.verbatimEnd(index, bytes, &search) ?? index + 1
                continue
            case UInt8(ascii: "{") where bytes[index + 1] == byte:
                // Of an odd number of braces the first stands alone: `{{{x}}}` is a brace and `{{x}}` and a brace.
                var end = index
                while end < bytes.count, bytes[end] == byte { end += 1 }
                for place in stride(from: index + (end - index) % 2, to: end, by: 2) { open.append((place, byte)) }
                openBraces += (end - index) / 2
                index = end
                continue
            case UInt8(ascii: "[") where bytes[index + 1] == byte:
                open.append((index, byte))
            case UInt8(ascii: "}") where bytes[index + 1] == byte && openBraces > 0:
                while let last = open.popLast() {
                    guard last.byte == UInt8(ascii: "{") else { continue }
                    closes[last.place] = index
                    break
                }
                openBraces -= 1
            case UInt8(ascii: "]") where bytes[index + 1] == byte && open.last?.byte == UInt8(ascii: "["):
                // Of three the first ends an external link: `[[File:a.png|of [https://example.org us]]]`.
                if index + 2 < bytes.count, bytes[index + 2] == byte,
                    index + 3 == bytes.count || bytes[index + 3] != byte
                {
                    index += 1
                }
                if let last = open.popLast() { closes[last.place] = index }
            default:
                index += 1
                continue
            }
            index += 2
        }
    }

    /// Where the bracket that opens at a place is closed; `nil` where it is not, or not before `end`.
    func close(of place: Int, before end: Int) -> Int? {
        guard let close = closes[place], close + 2 <= end else { return nil }
        return close
    }

    private static func verbatimEnd(_ index: Int, _ bytes: [UInt8], _ search: inout ForwardSearch) -> Int? {
        for (start, end) in WikitextTags.verbatim where ForwardSearch.isAt(index, start, in: bytes) {
            return search.first(end, from: index, in: bytes)
        }
        return nil
    }
}
