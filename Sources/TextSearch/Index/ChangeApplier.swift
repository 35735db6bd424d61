/// Applies a batch of changes to a snapshot: builds segments from new documents and marks old ones as removed.
struct ChangeApplier {
    let tuning: SearchTuning
    /// The segments that must not be merged now because another merge uses them.
    var busy: Set<ObjectIdentifier> = []

    /// The limits of a segment being built, which bound memory.
    private static let documentsPerBuild = 16_384
    private static let bytesPerBuild = 48 << 20

    /// Applies changes; of several changes to one key the last counts.
    func apply(_ changes: [SearchChange], to snapshot: inout IndexSnapshot) {
        let analyzers = AnalyzerPool()
        var last: [String: Int] = [:]
        for (index, change) in changes.enumerated() { last[change.key] = index }
        var documents: [String: [SearchDocument]] = [:]
        let wasEmpty = snapshot.count == 0
        for (index, change) in changes.enumerated() where last[change.key] == index {
            if !wasEmpty { snapshot.remove(key: change.key, analyzers: analyzers) }
            if case .upsert(let document) = change {
                documents[Language.primary(of: document.locale), default: []].append(document)
            }
        }
        for (language, added) in documents {
            if !snapshot.parts.contains(where: { $0.language == language }) {
                snapshot.parts.append(LanguagePart(language: language))
                snapshot.parts.sort { $0.language < $1.language }
            }
            guard let index = snapshot.parts.firstIndex(where: { $0.language == language }) else { continue }
            build(added, analyzers.analyzer(language), into: &snapshot.parts[index])
        }
        for index in snapshot.parts.indices { snapshot.parts[index].mergeSmall(tuning: tuning, except: busy) }
        snapshot.parts.removeAll { $0.liveCount == 0 }
    }

    private func build(_ documents: [SearchDocument], _ analyzer: WordAnalyzer, into part: inout LanguagePart) {
        let sorted = documents.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let words = WordTable(analyzer: analyzer)
        var start = 0
        while start < sorted.count {
            var end = start
            var bytes = 0
            while end < sorted.count, end - start < Self.documentsPerBuild, bytes < Self.bytesPerBuild {
                bytes += sorted[end].body.utf8.count
                end += 1
            }
            let reference = part.reference
            var used = reference
            let segment = SegmentBuilder(words: words, tuning: tuning).build(sorted[start..<end]) { means in
                used = reference.isEmpty ? means : reference
                return used
            }
            part.reference = used
            part.append(segment)
            start = end
        }
    }
}

extension SearchChange {
    /// The key of the changed document.
    var key: String {
        switch self {
        case .upsert(let document): document.key
        case .remove(let key): key
        }
    }
}
