/// Writes the documents of a segment in the order of their keys.
final class DocumentTableWriter {
    private let keyOffsets = SectionBuffer()
    private let keyBytes = SectionBuffer()
    private let localeIndex = SectionBuffer()
    private let textStarts = SectionBuffer()
    private let text: SectionBuffer
    private let fieldBytes = SectionBuffer()
    let fieldTokens = SectionBuffer()
    private let anchorStarts = SectionBuffer()
    private let anchors = SectionBuffer()
    private let boosts = SectionBuffer()
    private let validity = SectionBuffer()
    private var localeNumbers: [String: UInt16] = [:]
    private var locales: [String] = []
    private var labels: [String: [UInt32]] = [:]
    private(set) var count: UInt32 = 0

    init(expectedTextBytes: Int) {
        text = SectionBuffer(byteCapacity: expectedTextBytes)
        keyOffsets.append(UInt32(0))
        textStarts.append(UInt64(0))
        anchorStarts.append(UInt32(0))
    }

    /// Begins a document; its fields follow.
    func begin(key: UnsafeBufferPointer<UInt8>, locale: String, boost: Float, from: Int64, until: Int64) {
        keyBytes.append(contentsOf: UnsafeRawBufferPointer(key))
        keyOffsets.append(UInt32(keyBytes.byteCount))
        localeIndex.append(number(of: locale))
        boosts.append(boost)
        validity.append(from)
        validity.append(until)
    }

    /// Adds the next field of the document.
    func append(field: UnsafeBufferPointer<UInt8>, tokens: UInt32) {
        text.append(contentsOf: UnsafeRawBufferPointer(field))
        fieldBytes.append(UInt32(field.count))
        fieldTokens.append(tokens)
    }

    /// Adds the byte offset, within the document's text, of the next word whose position is a multiple of the anchor
    /// distance.
    func append(anchor: UInt32) { anchors.append(anchor) }

    /// Adds a label of the document.
    func append(label: String) {
        if labels[label]?.last != count { labels[label, default: []].append(count) }
    }

    /// Adds a label with all its documents, ascending.
    func append(label: String, documents: [UInt32]) {
        labels[label, default: []] += documents
    }

    /// Ends the document.
    func end() {
        textStarts.append(UInt64(text.byteCount))
        anchorStarts.append(UInt32(anchors.byteCount / 4))
        count += 1
    }

    private func number(of locale: String) -> UInt16 {
        if let known = localeNumbers[locale] { return known }
        guard locales.count < Int(UInt16.max) else { return 0 }
        let number = UInt16(locales.count)
        locales.append(locale)
        localeNumbers[locale] = number
        return number
    }

    /// Moves the finished buffers into `sections`.
    func finish(into sections: inout [SegmentSection: SectionBuffer]) {
        let localeTable = StringTableWriter(locales)
        let finished: [SegmentSection: SectionBuffer] = [
            .keyOffsets: keyOffsets, .keyBytes: keyBytes, .localeIndex: localeIndex,
            .localeOffsets: localeTable.offsets,
            .localeBytes: localeTable.bytes, .textStarts: textStarts, .text: text, .fieldBytes: fieldBytes,
            .fieldTokens: fieldTokens, .anchorStarts: anchorStarts, .anchors: anchors, .boosts: boosts,
            .validity: validity,
        ]
        sections.merge(finished) { $1 }
        finishLabels(into: &sections)
    }

    private func finishLabels(into sections: inout [SegmentSection: SectionBuffer]) {
        let sorted = labels.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let table = StringTableWriter(sorted.map(\.key))
        let counts = SectionBuffer()
        let starts = SectionBuffer()
        let lists = SectionBuffer()
        let bits = SectionBuffer()
        for (_, documents) in sorted {
            counts.append(UInt32(documents.count))
            if Segment.storesBits(count: documents.count, documents: Int(count)) {
                starts.append(UInt32(bits.byteCount / 8))
                var words = [UInt64](repeating: 0, count: (Int(count) + 63) / 64)
                for document in documents { words[Int(document >> 6)] |= 1 << UInt64(document & 63) }
                words.withUnsafeBytes { bits.append(contentsOf: $0) }
            } else {
                starts.append(UInt32(lists.byteCount / 4))
                documents.withUnsafeBytes { lists.append(contentsOf: $0) }
            }
        }
        let finished: [SegmentSection: SectionBuffer] = [
            .labelOffsets: table.offsets, .labelBytes: table.bytes, .labelCounts: counts, .labelStarts: starts,
            .labelLists: lists, .labelBits: bits,
        ]
        sections.merge(finished) { $1 }
    }
}

/// Writes concatenated strings with their offsets.
struct StringTableWriter {
    let offsets = SectionBuffer()
    let bytes = SectionBuffer()

    init(_ strings: [String] = []) {
        offsets.append(UInt32(0))
        for string in strings { append(string) }
    }

    func append(_ string: String) {
        var string = string
        string.withUTF8 { append($0) }
    }

    func append(_ string: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: UnsafeRawBufferPointer(string))
        offsets.append(UInt32(bytes.byteCount))
    }
}
