/// Matches the `{{` and `[[` of a text with their `}}` and `]]`.
///
/// It takes one pass with a stack, so the time is linear for any nesting. A `}}` closes the last open `{{` and discards
/// the links opened inside it; a `]]` closes a link only if that was opened last. Brackets inside `nowiki`, `pre` and
/// similar tags are ignored.
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
                // With an odd number of braces the first is literal: `{{{x}}}` is a brace, `{{x}}` and a brace.
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
                // The first of three ends an external link: `[[File:a.png|of [https://example.org us]]]`.
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

    /// The position at which the bracket opened at `place` is closed; `nil` if it is not closed before `end`.
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
