/// Counts apparent anchors and aliases without parsing YAML.
///
/// It may count too many, because of texts, but never too few: an anchor stands where a value can begin, and an alias where one
/// begins, after nothing but the beginning of its line or an indicator. So the asterisks within a phrase do not count.
struct AliasScan {
    private(set) var anchors = 0
    private(set) var aliases = 0

    private static let ampersand = UInt8(ascii: "&")
    private static let asterisk = UInt8(ascii: "*")
    private static let indicators = Set("[]{},:?-\"'!|>&".utf8)
    /// What may stand directly before the indicators `-` and `?`, beside white space.
    private static let openers = Set("[{,:?-".utf8)

    init(_ text: String) {
        let start = UInt8(ascii: "\n")
        var previous = start
        /// The last byte of the line that is no white space, and the byte before it.
        var (last, beforeLast) = (start, start)
        var mark: UInt8 = 0
        for byte in text.utf8 {
            let isSpace = byte <= UInt8(ascii: " ")
            if mark != 0, !isSpace {
                if mark == Self.ampersand { anchors += 1 } else { aliases += 1 }
            }
            mark = 0
            if byte == Self.ampersand, previous <= UInt8(ascii: " ") || Self.indicators.contains(previous) {
                mark = byte
            } else if byte == Self.asterisk, Self.canBegin(after: last, beforeLast) {
                mark = byte
            }
            if Self.isBreak(byte) {
                (last, beforeLast, previous) = (start, start, start)
            } else {
                if !isSpace { (last, beforeLast) = (byte, previous) }
                previous = byte
            }
        }
    }

    /// Whether a byte breaks the line, or ends a line break beyond ASCII.
    private static func isBreak(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0A, 0x0D, 0x85, 0xA8, 0xA9: true
        default: false
        }
    }

    /// Whether a value can begin after the last byte of its line.
    private static func canBegin(after last: UInt8, _ beforeLast: UInt8) -> Bool {
        switch last {
        case UInt8(ascii: "\n"): true
        case UInt8(ascii: "-"), UInt8(ascii: "?"): beforeLast <= UInt8(ascii: " ") || openers.contains(beforeLast)
        default: indicators.contains(last)
        }
    }
}
