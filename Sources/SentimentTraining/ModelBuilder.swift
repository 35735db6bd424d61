import Sentiment

/// Fits a model to labelled rows.
struct ModelBuilder {
    /// The settings of a fit.
    struct Settings {
        var penalty: Float = 9
        var iterations = 120
        /// The smallest numbers of occurrences for a word to be known, and for a combination to be kept.
        var minimumWords = 3
        var minimumFeatures = 2
        /// The largest number of features kept; the strongest are chosen.
        var maximumFeatures = 96_000
        /// The prior weight of a summary value.
        var summaryPrior: Float = 2
        var lexiconWeight: Float = 0.3
        var ownWeight: Float = 1.5
        var calibration = SentimentModel.Calibration()
    }

    private let settings: Settings
    private let ratedWords: [(word: String, rating: Float)]

    init(ratedWords: [(word: String, rating: Float)], settings: Settings = Settings()) {
        self.settings = settings
        self.ratedWords = ratedWords
    }

    /// Fits a model to `rows`, the rated words and the project's own phrases.
    func build(_ rows: [LabelledRow]) -> SentimentModel {
        let lexicon = LexiconBuilder.build(ratedWords)
        let own = OwnPhrases.rows(weight: settings.ownWeight)
        let words = ratedWords.filter { $0.word.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 } && $0.word.utf8.count > 2 }
        let known = knownWords(rows + own, lexicon)
        var collector = FeatureCollector(lexicon: lexicon, known: known)
        for row in rows + own { collector.add(row.text, target: row.rating, weight: row.weight) }
        for (word, rating) in words {
            collector.add(word, target: rating, weight: settings.lexiconWeight)
            if word.utf8.count > 3 {
                collector.add(word, target: rating, weight: settings.lexiconWeight, asUnknown: true)
            }
        }
        let fit = collector.fit(settings)
        return pack(lexicon, known, fit)
    }

    private func knownWords(_ rows: [LabelledRow], _ lexicon: Lexicon) -> Set<UInt64> {
        var counts: [UInt64: Int] = [:]
        for row in rows {
            Utterance.withTokens(of: row.text, lexicon: lexicon, isKnown: { _ in true }) { utterance in
                for token in utterance.tokens where token.kind == .word || token.kind == .symbol {
                    counts[token.hash, default: 0] += row.set == OwnPhrases.set ? settings.minimumWords : 1
                }
            }
        }
        return Set(counts.filter { $0.value >= settings.minimumWords }.keys)
    }

    private func pack(_ lexicon: Lexicon, _ known: Set<UInt64>, _ fit: FeatureCollector.Fit) -> SentimentModel {
        let wordKeys = Set(known.map { FeatureKind.word.key($0) })
        let ranked = fit.features.sorted {
            (wordKeys.contains($0.key) ? 1 : 0, abs($0.weight) * $0.kind.prior, $0.key)
                > (wordKeys.contains($1.key) ? 1 : 0, abs($1.weight) * $1.kind.prior, $1.key)
        }.prefix(settings.maximumFeatures)
        let scales = FeatureKind.allCases.map { kind in
            let sizes = ranked.filter { $0.kind == kind }.map { abs($0.weight) }.sorted()
            return max(sizes.isEmpty ? 0 : sizes[min(sizes.count - 1, sizes.count * 9995 / 10_000)], 0.001) / 127
        }
        var table = FingerprintTable(capacity: ranked.count)
        var weights = [Int8](repeating: 0, count: table.fingerprints.count)
        for feature in ranked {
            let steps = (feature.weight / scales[feature.kind.rawValue]).rounded()
            weights[table.insert(feature.key)] = Int8(max(-127, min(127, steps)))
        }
        return SentimentModel(
            lexicon: lexicon,
            features: table,
            weights: weights,
            scales: scales,
            summaryWeights: fit.summary,
            calibration: settings.calibration
        )
    }
}

/// Collects the features of texts into a matrix.
struct FeatureCollector {
    /// A feature's weight after training.
    struct Feature {
        let key: UInt64
        let kind: FeatureKind
        let weight: Float
    }

    /// The result of training.
    struct Fit {
        let features: [Feature]
        let summary: [Float]
    }

    private struct Row {
        var keys: [(key: UInt64, kind: FeatureKind, value: Float)] = []
        var summary: [Float] = []
        let target: Float
        let weight: Float
    }

    private struct RowSink: FeatureSink {
        var keys: [(key: UInt64, kind: FeatureKind, value: Float)] = []
        let scale: Float

        mutating func add(_ kind: FeatureKind, key: UInt64, value: Float, first: Int, last: Int) {
            keys.append((key, kind, value * scale))
        }
    }

    private let lexicon: Lexicon
    private let known: Set<UInt64>
    private var rows: [Row] = []

    init(lexicon: Lexicon, known: Set<UInt64>) {
        self.lexicon = lexicon
        self.known = known
    }

    mutating func add(_ text: String, target: Float, weight: Float, asUnknown: Bool = false) {
        let row = Utterance.withTokens(of: text, lexicon: lexicon, isKnown: { known.contains($0) }) { utterance in
            var sink = RowSink(scale: utterance.scale)
            utterance.features(asUnknown: asUnknown, into: &sink)
            let summary = withUnsafeTemporaryAllocation(of: Float.self, capacity: Utterance.summaryCount) { figures in
                utterance.summary(into: figures)
                return asUnknown ? figures.map { _ in 0 } : Array(figures)
            }
            return Row(keys: sink.keys, summary: summary, target: target, weight: weight)
        }
        rows.append(row)
    }

    func fit(_ settings: ModelBuilder.Settings) -> Fit {
        let columns = columns(settings.minimumFeatures)
        let summaryStart = Int32(columns.count)
        var matrix = SparseMatrix()
        for row in rows {
            var entries = row.keys.compactMap { entry in columns[entry.key].map { ($0.column, entry.value) } }
            for (index, value) in row.summary.enumerated() where value != 0 {
                entries.append((summaryStart + Int32(index), value * settings.summaryPrior))
            }
            matrix.appendRow(entries)
        }
        let solution = RidgeSolver.solve(
            matrix,
            targets: rows.map(\.target),
            weights: rows.map(\.weight),
            columnCount: columns.count + Utterance.summaryCount,
            penalty: settings.penalty,
            iterations: settings.iterations
        )
        let features = columns.map { Feature(key: $0.key, kind: $0.value.kind, weight: solution[Int($0.value.column)]) }
        let summary = (0..<Utterance.summaryCount).map { solution[Int(summaryStart) + $0] * settings.summaryPrior }
        return Fit(features: features, summary: summary)
    }

    /// The features that occur in enough rows, numbered by first occurrence.
    private func columns(_ fewest: Int) -> [UInt64: (column: Int32, kind: FeatureKind)] {
        var counts: [UInt64: Int] = [:]
        for row in rows {
            for key in Set(row.keys.map(\.key)) { counts[key, default: 0] += 1 }
        }
        var columns: [UInt64: (column: Int32, kind: FeatureKind)] = [:]
        for row in rows {
            for entry in row.keys where columns[entry.key] == nil {
                let isKept = (counts[entry.key] ?? 0) >= fewest || (entry.kind == .word && row.keys.count < 3)
                if isKept { columns[entry.key] = (Int32(columns.count), entry.kind) }
            }
        }
        return columns
    }
}
