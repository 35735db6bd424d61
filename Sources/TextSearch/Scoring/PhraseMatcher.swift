/// Finds sequences of terms within a document.
enum PhraseMatcher {
    /// The positions at which the terms occur with the given distances within one field, ascending.
    static func positions(
        _ terms: [Int],
        _ distances: [Int],
        in segment: Segment,
        document: UInt32,
        limit: Int = .max
    ) -> [UInt32] {
        guard let first = terms.first else { return [] }
        var starts = list(first, segment, document)
        for (term, distance) in zip(terms, distances).dropFirst() where !starts.isEmpty {
            let others = list(term, segment, document)
            var next = 0
            starts.removeAll { start in
                while next < others.count, others[next] < start + UInt32(distance) { next += 1 }
                return next == others.count || others[next] != start + UInt32(distance)
            }
        }
        let length = distances.last ?? 0
        starts.removeAll { start in
            segment.field(ofPosition: Int(start), in: Int(document))
                != segment.field(ofPosition: Int(start) + length, in: Int(document))
        }
        return starts.count > limit ? Array(starts.prefix(limit)) : starts
    }

    private static func list(_ term: Int, _ segment: Segment, _ document: UInt32) -> [UInt32] {
        guard term >= 0, let posting = segment.posting(ofTerm: term, document: document) else { return [] }
        var positions: [UInt32] = []
        segment.readPositions(posting, into: &positions)
        return positions
    }

    /// The documents of a segment that contain the sequence and pass a filter, ascending.
    static func documents(
        _ terms: [Int],
        _ distances: [Int],
        in segment: Segment,
        filter: DocumentFilter
    ) -> [UInt32] {
        guard terms.allSatisfy({ $0 >= 0 }),
            let rarest = terms.min(by: {
                segment.documentFrequency($0) < segment.documentFrequency($1)
            })
        else { return [] }
        var lists = terms.map { segment.postings(ofTerm: $0, weight: 1) }
        var result: [UInt32] = []
        segment.eachDocument(ofTerm: rarest) { document in
            guard filter.admits(Int(document)) else { return }
            for index in lists.indices where lists[index].score(of: document) == 0 { return }
            if terms.count == 1 || !positions(terms, distances, in: segment, document: document, limit: 1).isEmpty {
                result.append(document)
            }
        }
        return result
    }
}

extension Segment {
    /// Calls `body` with each document of a term, ascending.
    func eachDocument(ofTerm term: Int, _ body: (UInt32) -> Void) {
        for block in Int(termBlocks[term])..<Int(termBlocks[term + 1]) {
            for posting in Int(blocks.starts[block])..<Int(blocks.starts[block + 1]) {
                body(blocks.bases[block] + UInt32(blocks.offsets[posting]))
            }
        }
    }
}
