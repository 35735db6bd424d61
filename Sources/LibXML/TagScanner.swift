/// Finds tags in bytes that may not be well-formed XML; comments, CDATA sections and processing instructions are
/// skipped.
///
/// It works with any encoding that is a superset of ASCII. Pieces may end anywhere.
struct TagScanner {
    private enum State {
        case text
        /// Inside a tag, after `<`.
        case tag
        /// In a construct that ends with these bytes; the number of them just read.
        case until([UInt8], Int)
    }

    private var state = State.text
    private var place: DocumentPlace
    private var start: DocumentPlace
    private var tag: [UInt8] = []
    /// The number of bytes kept of a tag; the rest of a longer one is dropped.
    private static let maximumTag = 1 << 10

    init(place: DocumentPlace) {
        self.place = place
        start = place
    }

    /// The current byte offset in the document.
    var offset: Int { place.offset }

    /// Calls `body` with the tags that end in the next bytes, until it returns `false`.
    mutating func scan(_ bytes: ArraySlice<UInt8>, _ body: (RecordSearch.Tag) -> Bool) {
        for byte in bytes {
            let before = place
            place.offset += 1
            if byte == 0x0A { place.line += 1 }
            switch state {
            case .text:
                if byte == UInt8(ascii: "<") { begin(before) }
            case .tag:
                if !read(byte, before, body) { return }
            case .until(let ending, let count):
                let known = byte == ending[count] ? count + 1 : Self.restart(ending, count, byte)
                state = known == ending.count ? .text : .until(ending, known)
            }
        }
    }

    private mutating func begin(_ place: DocumentPlace) {
        state = .tag
        start = place
        tag.removeAll(keepingCapacity: true)
    }

    private mutating func read(
        _ byte: UInt8,
        _ before: DocumentPlace,
        _ body: (RecordSearch.Tag) -> Bool
    ) -> Bool {
        switch byte {
        case UInt8(ascii: "<"):
            // The tag is not closed and another one begins.
            let tag = made(end: before)
            begin(before)
            return body(tag)
        case UInt8(ascii: ">"):
            state = .text
            return body(made(end: place))
        default:
            if tag.count < Self.maximumTag {
                tag.append(byte)
            } else {
                tag[Self.maximumTag - 1] = byte
            }
            if tag == Self.comment { state = .until(Array("-->".utf8), 0) }
            if tag == Self.section { state = .until(Array("]]>".utf8), 0) }
            if tag == [UInt8(ascii: "?")] { state = .until(Array("?>".utf8), 0) }
            return true
        }
    }

    private static let comment = Array("!--".utf8)
    private static let section = Array("![CDATA[".utf8)

    private func made(end: DocumentPlace) -> RecordSearch.Tag {
        let isEnd = tag.first == UInt8(ascii: "/")
        let name = (isEnd ? tag.dropFirst() : tag[...]).prefix { !RecordSearch.endsName($0) }
        return RecordSearch.Tag(
            name: String(decoding: name, as: UTF8.self),
            isEnd: isEnd,
            isEmpty: !isEnd && tag.last == UInt8(ascii: "/"),
            start: start,
            end: end
        )
    }

    /// The length of the ending already matched after a byte that does not continue it: `-->` may begin inside `--->`.
    private static func restart(_ ending: [UInt8], _ count: Int, _ byte: UInt8) -> Int {
        guard count > 0 else { return 0 }
        let read = ending[..<count] + [byte]
        return (1...count).reversed().first { read.suffix($0).elementsEqual(ending[..<$0]) } ?? 0
    }
}
