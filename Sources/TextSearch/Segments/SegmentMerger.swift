/// Merges segments into one: removed documents are left out and impacts are recomputed.
final class SegmentMerger {
    private let views: [SegmentView]
    private let model: ImpactModel
    private var order: [(segment: Int, document: Int)] = []
    private var renumbered: [[UInt32]] = []
    private var newTerms: [[UInt32]] = []
    private var entries: [(document: UInt32, start: Int, end: Int)] = []
    private var positions: [UInt32] = []

    private static let gone = UInt32.max

    init(_ views: [SegmentView], model: ImpactModel) {
        self.views = views
        self.model = model
    }

    /// Merges the segments.
    func merge() -> Segment {
        orderDocuments()
        var sections: [SegmentSection: SectionBuffer] = [:]
        let table = writeDocuments()
        let lengths = table.fieldTokens.values(of: UInt32.self)
        let writer = PostingsWriter(
            model: model,
            fieldTokens: lengths,
            expectedPostings: views.reduce(0) { $0 + $1.segment.blocks.impacts.count },
            expectedPositions: views.reduce(0) { $0 + $1.segment.positions.count }
        )
        mergeTerms(to: writer)
        mergeSurfaces(into: &sections)
        writer.finish(into: &sections)
        table.finish(into: &sections)
        return Segment(buffers: SegmentSection.allCases.compactMap { sections[$0] })
    }

    private func orderDocuments() {
        for (index, view) in views.enumerated() {
            renumbered.append(Array(repeating: Self.gone, count: view.segment.documentCount))
            newTerms.append(Array(repeating: Self.gone, count: view.segment.terms.count))
            for document in 0..<view.segment.documentCount where view.removed?.contains(document) != true {
                order.append((index, document))
            }
        }
        order.sort { compareBytes(key($0), key($1)) < 0 }
        for (number, place) in order.enumerated() { renumbered[place.segment][place.document] = UInt32(number) }
    }

    private func key(_ place: (segment: Int, document: Int)) -> UnsafeBufferPointer<UInt8> {
        views[place.segment].segment.keys[place.document]
    }

    private func writeDocuments() -> DocumentTableWriter {
        let table = DocumentTableWriter(expectedTextBytes: views.reduce(0) { $0 + $1.segment.text.count })
        for place in order { copy(views[place.segment].segment, place.document, to: table) }
        var labels: [String: [UInt32]] = [:]
        for (index, view) in views.enumerated() {
            for label in 0..<view.segment.labels.count {
                let kept = view.segment.documents(ofLabel: label).map { renumbered[index][Int($0)] }
                labels[view.segment.labels.string(label), default: []] += kept.filter { $0 != Self.gone }
            }
        }
        for (label, documents) in labels where !documents.isEmpty {
            table.append(label: label, documents: documents.sorted())
        }
        return table
    }

    private func copy(_ segment: Segment, _ document: Int, to table: DocumentTableWriter) {
        table.begin(
            key: segment.keys[document],
            locale: segment.locale(document),
            boost: segment.boosts[document],
            from: segment.validity[2 * document],
            until: segment.validity[2 * document + 1]
        )
        for field in SearchField.allCases {
            let tokens = segment.fieldTokens[document * Segment.fieldCount + field.rawValue]
            table.append(field: segment.text(document, field), tokens: tokens)
        }
        for anchor in segment.anchorStarts[document]..<segment.anchorStarts[document + 1] {
            table.append(anchor: segment.anchors[Int(anchor)])
        }
        table.end()
    }

    private func mergeTerms(to writer: PostingsWriter) {
        var heads = [Int](repeating: 0, count: views.count)
        while let least = leastHead(heads, { $0.terms }) {
            entries.removeAll(keepingCapacity: true)
            positions.removeAll(keepingCapacity: true)
            let term = views[least].segment.terms[heads[least]]
            var taken: [Int] = []
            for index in least..<views.count where heads[index] < views[index].segment.terms.count {
                guard compareBytes(views[index].segment.terms[heads[index]], term) == 0 else { continue }
                gather(term: heads[index], of: index)
                taken.append(index)
            }
            if !entries.isEmpty {
                for index in taken { newTerms[index][heads[index]] = writer.termCount }
                writeEntries(term, to: writer)
            }
            for index in taken { heads[index] += 1 }
        }
    }

    /// The first segment whose next string is the smallest of all.
    private func leastHead(_ heads: [Int], _ strings: (Segment) -> ByteStrings) -> Int? {
        var best: Int?
        for index in views.indices {
            let own = strings(views[index].segment)
            guard heads[index] < own.count else { continue }
            guard let known = best else {
                best = index
                continue
            }
            if compareBytes(own[heads[index]], strings(views[known].segment)[heads[known]]) < 0 { best = index }
        }
        return best
    }

    private func gather(term: Int, of index: Int) {
        let segment = views[index].segment
        let blocks = segment.blocks
        let numbers = renumbered[index]
        var byte = segment.positionStart(Int(segment.termPostings[term]))
        for block in Int(segment.termBlocks[term])..<Int(segment.termBlocks[term + 1]) {
            for posting in Int(blocks.starts[block])..<Int(blocks.starts[block + 1]) {
                let start = positions.count
                _ = segment.decodePositions(at: &byte, into: &positions)
                let number = numbers[Int(blocks.bases[block]) + Int(blocks.offsets[posting])]
                if number != Self.gone {
                    entries.append((number, start, positions.count))
                } else {
                    positions.removeSubrange(start...)
                }
            }
        }
    }

    private func writeEntries(_ term: UnsafeBufferPointer<UInt8>, to writer: PostingsWriter) {
        for index in entries.indices.dropFirst() where entries[index].document < entries[index - 1].document {
            entries.sort { $0.document < $1.document }
            break
        }
        positions.withUnsafeBufferPointer { positions in
            for entry in entries {
                let list = UnsafeBufferPointer(rebasing: positions[entry.start..<entry.end])
                writer.append(document: entry.document, positions: list)
            }
        }
        writer.endTerm(term)
    }

    private func mergeSurfaces(into sections: inout [SegmentSection: SectionBuffer]) {
        let writer = SurfaceTableWriter()
        var heads = [Int](repeating: 0, count: views.count)
        while let least = leastHead(heads, { $0.surfaces }) {
            let surface = views[least].segment.surfaces[heads[least]]
            var counts: [(term: UInt32, count: UInt32)] = []
            for index in least..<views.count {
                let segment = views[index].segment
                while heads[index] < segment.surfaces.count, compareBytes(segment.surfaces[heads[index]], surface) == 0
                {
                    add(segment, heads[index], newTerms[index], to: &counts)
                    heads[index] += 1
                }
            }
            for entry in counts.sorted(by: { $0.term < $1.term }) {
                writer.append(surface, term: entry.term, count: entry.count)
            }
        }
        writer.finish(into: &sections)
    }

    private func add(
        _ segment: Segment,
        _ surface: Int,
        _ numbers: [UInt32],
        to counts: inout [(term: UInt32, count: UInt32)]
    ) {
        let term = numbers[Int(segment.surfaceTerms[surface])]
        guard term != Self.gone else { return }
        if let known = counts.firstIndex(where: { $0.term == term }) {
            counts[known].count += segment.surfaceCounts[surface]
        } else {
            counts.append((term, segment.surfaceCounts[surface]))
        }
    }
}
