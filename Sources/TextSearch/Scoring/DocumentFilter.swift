/// The documents of a segment visible to the caller, as bits; without restrictions no bits are stored.
struct DocumentFilter {
    /// One bit per document, or `nil` if all are visible.
    let bits: [UInt64]?

    /// Evaluates a filter, including removals and validity.
    init(_ filter: SearchFilter, view: SegmentView) {
        let segment = view.segment
        let limited = filter.asOf == nil ? [] : segment.limitedDocuments
        guard view.removed != nil || !filter.clauses.isEmpty || !limited.isEmpty else {
            bits = nil
            return
        }
        let words = (segment.documentCount + 63) / 64
        var allowed = [UInt64](repeating: .max, count: words)
        if segment.documentCount % 64 != 0, words > 0 {
            allowed[words - 1] = (1 << UInt64(segment.documentCount % 64)) - 1
        }
        if let removed = view.removed {
            for word in 0..<words { allowed[word] &= ~removed.bits[word] }
        }
        var scratch = [UInt64](repeating: 0, count: words)
        for clause in filter.clauses { Self.apply(clause, segment, &allowed, &scratch) }
        if let asOf = filter.asOf {
            for document in limited where !segment.isValid(Int(document), asOf: asOf) {
                allowed[Int(document >> 6)] &= ~(1 << UInt64(document & 63))
            }
        }
        bits = allowed
    }

    /// Restricts another filter to the given documents.
    init(_ base: DocumentFilter, keeping documents: [UInt32], of count: Int) {
        var kept = [UInt64](repeating: 0, count: (count + 63) / 64)
        for document in documents where base.admits(Int(document)) {
            kept[Int(document >> 6)] |= 1 << UInt64(document & 63)
        }
        bits = kept
    }

    /// Whether a document is visible.
    @inline(__always)
    func admits(_ document: Int) -> Bool {
        guard let bits else { return true }
        return bits[document >> 6] >> UInt64(document & 63) & 1 == 1
    }

    private static func apply(
        _ clause: SearchFilter.Clause,
        _ segment: Segment,
        _ allowed: inout [UInt64],
        _ scratch: inout [UInt64]
    ) {
        for word in scratch.indices { scratch[word] = 0 }
        scratch.withUnsafeMutableBufferPointer { scratch in
            switch clause {
            case .anyOf(let labels), .noneOf(let labels):
                for label in Set(labels) { segment.unite(label: label, into: scratch) }
            }
            let inverted: UInt64 = if case .noneOf = clause { .max } else { 0 }
            for word in allowed.indices { allowed[word] &= scratch[word] ^ inverted }
        }
    }
}

extension Segment {
    /// Whether a document is valid at a time.
    func isValid(_ document: Int, asOf: Int64) -> Bool {
        validity[2 * document] <= asOf && asOf < validity[2 * document + 1]
    }

    /// The documents with limited validity.
    static func limitedDocuments(_ validity: UnsafeBufferPointer<Int64>) -> [UInt32] {
        (0..<UInt32(validity.count / 2)).filter {
            validity[2 * Int($0)] != .min || validity[2 * Int($0) + 1] != .max
        }
    }
}
