/// The words of a query that are names of single things, such as the code of an error or the number of an order.
///
/// In conversational text there are none: what is said there is not looked up.
struct IdentifierWords {
    private let terms: Set<String>
    /// Whether the query has identifiers, and besides them only function words.
    let areAll: Bool

    /// Finds the identifiers of a query of at most `limit` words.
    init(_ words: [QueryWord], limit: Int) {
        let plain = words.filter { $0.parts == 1 }
        let found = plain.count <= limit ? words.filter { Self.isIdentifier($0) } : []
        // Of joined words, the parts belong to the name.
        let ordinals = Set(found.flatMap { $0.ordinal..<$0.ordinal + $0.parts })
        terms = Set(found.map(\.typed))
        areAll = !found.isEmpty && plain.allSatisfy { $0.forms.isStopWord || ordinals.contains($0.ordinal) }
    }

    /// Whether documents contain an identifier itself, and not only something similar.
    func contains(_ slot: Slot) -> Bool {
        terms.contains(slot.typed) && slot.alternatives.contains { $0.kind == .word }
    }

    /// At least five letters and digits, of these two digits; but no amount (`100.00`), and no number with a noun
    /// (`45-year-old`).
    private static func isIdentifier(_ word: QueryWord) -> Bool {
        let bytes = word.typed.utf8
        let digits = bytes.count { isDigit($0) }
        guard bytes.count >= 5, digits >= 2, !bytes.contains(UInt8(ascii: ".")), !bytes.contains(UInt8(ascii: ","))
        else {
            return false
        }
        return
            !(isDigit(bytes[bytes.startIndex]) && word.parts > 1
            && bytes.drop(while: isDigit).allSatisfy { !isDigit($0) })
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
