/// Decides which tags of a document that is not well formed may begin a record.
struct RecordSearch {
    /// A tag in the source, independent of its context.
    struct Tag {
        /// The name with its prefix.
        var name: String
        var isEnd: Bool
        /// Whether it is an empty-element tag, as in `<a/>`.
        var isEmpty: Bool
        /// The place of its `<`.
        var start: DocumentPlace
        /// The place after its `>`.
        var end: DocumentPlace
        var isRecord = false
    }

    private let locals: [String]
    /// The written name of records that are defined only by their place.
    private let record: String?

    init(names: [XMLName], record: String?) {
        locals = names.map(\.local).filter { $0 != "*" }
        self.record = record
    }

    /// Whether an element of this written name may be a record.
    func isRecord(_ written: String) -> Bool {
        if written == record { return true }
        let local = written.split(separator: ":", maxSplits: 1).last.map(String.init) ?? written
        return locals.contains { name in
            name.hasSuffix("*") ? local.hasPrefix(name.dropLast()) : local == name
        }
    }

    /// Whether a byte cannot be part of a name.
    static func endsName(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "<")
            || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }
}
