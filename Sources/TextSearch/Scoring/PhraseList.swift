/// The documents of a segment that contain a phrase, in the same form as stored postings; created for one query.
final class PhraseList {
    private let sections: [SectionBuffer]
    private let blocks: BlockArrays
    private let blockCount: Int
    private let maximum: UInt8
    /// The number of documents.
    let count: Int

    /// Creates a list of ascending documents with their impacts.
    init(_ entries: [(document: UInt32, impact: UInt8)]) {
        let bases = SectionBuffer()
        let starts = SectionBuffer()
        let maxima = SectionBuffer()
        let offsets = SectionBuffer(byteCapacity: entries.count * 2)
        let impacts = SectionBuffer(byteCapacity: entries.count)
        var index = 0
        while index < entries.count {
            let base = entries[index].document
            var largest: UInt8 = 0
            bases.append(base)
            starts.append(UInt32(index))
            let limit = min(entries.count, index + BlockArrays.size)
            while index < limit, entries[index].document - base <= 0xFFFF {
                offsets.append(UInt16(entries[index].document - base))
                impacts.append(entries[index].impact)
                largest = max(largest, entries[index].impact)
                index += 1
            }
            maxima.append(largest)
        }
        starts.append(UInt32(entries.count))
        sections = [bases, starts, maxima, offsets, impacts]
        blockCount = bases.byteCount / 4
        count = entries.count
        maximum = entries.reduce(0) { max($0, $1.impact) }
        blocks = BlockArrays(
            bases: bases.values(of: UInt32.self),
            starts: starts.values(of: UInt32.self),
            maxima: maxima.values(of: UInt8.self),
            offsets: offsets.values(of: UInt16.self),
            impacts: impacts.values(of: UInt8.self)
        )
    }

    /// A reader positioned at the start, or `nil` for an empty list; valid as long as this list exists.
    func postings(weight: UInt32) -> PostingList? {
        guard blockCount > 0 else { return nil }
        return PostingList(blocks: blocks, block: 0, endBlock: blockCount, weight: weight, maximum: maximum)
    }

    /// The impact of a document, or `nil` if it is not listed.
    func posting(of document: UInt32) -> UInt8? {
        guard var list = postings(weight: 1) else { return nil }
        let impact = list.score(of: document)
        return impact > 0 ? UInt8(impact) : nil
    }
}
