import Foundation
import TextSearch

/// A slow, simple implementation of `SearchIndex` that scores every document from its words.
///
/// It covers plain words that no stemmer changes, function words, phrases, filters, validity, updates and removals; but
/// no typo tolerance.
struct ExhaustiveIndex {
    var documents: [String: SearchDocument] = [:]
    let tuning: SearchTuning
    /// The function words of the language.
    var functionWords: Set<String> = []

    struct Hit: Equatable {
        var key: String
        var score: Double
    }

    private struct Found {
        var key: String
        var sum: UInt32
        var positions: [[Int]]
        var document: SearchDocument
        /// For each function word, its positions in title and asked phrases.
        var functions: [[Int]]
    }

    /// The hits of words combined by OR, best first; `lengths` are the mean lengths for normalisation.
    func search(
        _ words: [String],
        phrases: [[String]] = [],
        filter: SearchFilter,
        lengths: [Float],
        limit: Int,
        offset: Int
    ) -> [Hit] {
        var distinct: [(word: String, ordinal: Int, count: Int)] = []
        let isPlain = words.allSatisfy { functionWords.contains($0) || $0.isEmpty }
        for (ordinal, word) in words.enumerated() where isPlain || !functionWords.contains(word) {
            if let known = distinct.firstIndex(where: { $0.word == word }) {
                distinct[known].count += 1
            } else {
                distinct.append((word, ordinal, 1))
            }
        }
        let all = documents.values.map { ($0, Self.fields($0)) }
        let frequencies = distinct.map { word in all.count { $0.1.joined().contains(word.word) } }
        let known = distinct.indices.filter { index in
            all.contains { admits($0.0, filter) && $0.1.joined().contains(distinct[index].word) }
        }
        let weights = distinct.indices.map { index -> UInt32 in
            weight(frequencies[index], of: all.count, said: distinct[index].count)
        }
        let functions = functions(of: words, known.map { weights[$0] }, all, filter)
        var found: [Found] = []
        for (document, fields) in all where admits(document, filter) && Self.holds(phrases, fields) {
            let positions = known.map { Self.positions(of: distinct[$0].word, in: fields) }
            var sum: UInt32 = 0
            for (index, slot) in known.enumerated() where !positions[index].isEmpty {
                sum += weights[slot] * impact(positions[index], fields, lengths)
            }
            guard sum > 0 else { continue }
            let places = functions.map { Self.phrasePositions(of: $0.word, in: fields) }
            for (function, positions) in zip(functions, places).prefix(tuning.rankedFunctionWords)
            where !positions.isEmpty {
                sum += function.weight * impact(positions, fields, lengths)
            }
            found.append(
                Found(key: document.key, sum: sum, positions: positions, document: document, functions: places)
            )
        }
        found.sort { $0.sum != $1.sum ? $0.sum > $1.sum : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let slots = known.map { (ordinal: distinct[$0].ordinal, weight: Double(weights[$0]) / 1_024) }
        let beside = functions.map { Double($0.weight) / 1_024 }
        var hits = found.prefix(tuning.rerankDepth).map { Hit(key: $0.key, score: final($0, slots, beside)) }
        hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        hits += found.dropFirst(tuning.rerankDepth).map {
            Hit(key: $0.key, score: Double($0.sum) / (1_024 * 255) * Double(tuning.boostRange.lowerBound))
        }
        return Array(hits.dropFirst(offset).prefix(limit))
    }

    static func fields(_ document: SearchDocument) -> [[String]] {
        [
            document.title, document.keywords, document.asked, document.summary, document.headings, document.body,
        ].map { $0.split { $0 == " " || $0 == "\n" }.map(String.init) }
    }

    /// The function words of a short query with their weights.
    private func functions(
        of words: [String],
        _ weights: [UInt32],
        _ all: [(SearchDocument, [[String]])],
        _ filter: SearchFilter
    ) -> [(word: String, weight: UInt32)] {
        guard !weights.isEmpty, weights.count <= tuning.maximumWordsBesideFunctionWords else { return [] }
        var found: [(word: String, weight: Float)] = []
        for word in words where functionWords.contains(word) && !found.contains(where: { $0.word == word }) {
            let holders = all.filter { !Self.phrasePositions(of: word, in: $0.1).isEmpty }
            guard found.count < tuning.maximumFunctionWords, holders.contains(where: { admits($0.0, filter) }) else {
                continue
            }
            found.append((word, inverse(holders.count, of: all.count)))
        }
        let average = weights.reduce(0) { $0 + Float($1) } / Float(weights.count) / 1_024
        let all = found.reduce(0) { $0 + $1.weight }
        let factor = min(1, tuning.functionWordShare * average / Float(weights.count) / all)
        return found.sorted { $0.weight > $1.weight }.map {
            ($0.word, UInt32(max(1, min(65_535, ($0.weight * factor * 1_024).rounded()))))
        }
    }

    /// The positions of a word in the title and the asked phrases.
    private static func phrasePositions(of word: String, in fields: [[String]]) -> [Int] {
        let asked = fields[0].count + fields[1].count
        return positions(of: word, in: fields).filter { position in
            position < fields[0].count || (asked..<asked + fields[2].count).contains(position)
        }
    }

    private static func positions(of word: String, in fields: [[String]]) -> [Int] {
        fields.joined().enumerated().filter { $0.element == word }.map(\.offset)
    }

    private static func holds(_ phrases: [[String]], _ fields: [[String]]) -> Bool {
        phrases.allSatisfy { phrase in
            fields.contains { field in
                field.indices.contains { Array(field[$0...].prefix(phrase.count)) == phrase }
            }
        }
    }

    private func admits(_ document: SearchDocument, _ filter: SearchFilter) -> Bool {
        if let asOf = filter.asOf {
            if let from = document.validFrom, asOf < from { return false }
            if let until = document.validUntil, asOf >= until { return false }
        }
        return filter.clauses.allSatisfy { clause in
            switch clause {
            case .anyOf(let labels): !Set(labels).isDisjoint(with: document.labels)
            case .noneOf(let labels): Set(labels).isDisjoint(with: document.labels)
            }
        }
    }

    private func weight(_ frequency: Int, of count: Int, said times: Int) -> UInt32 {
        var weight = max(1, min(65_535, (inverse(frequency, of: count) * 1_024).rounded()))
        if times > 1 {
            let factor = Float(times) * (tuning.querySaturation + 1) / (Float(times) + tuning.querySaturation)
            weight = min(65_535, (weight * factor).rounded())
        }
        return UInt32(weight)
    }

    private func inverse(_ frequency: Int, of count: Int) -> Float {
        let ratio = (Float(count) - Float(frequency) + 0.5) / (Float(frequency) + 0.5)
        return Float(log(Double(1 + ratio)))
    }

    private func impact(_ positions: [Int], _ fields: [[String]], _ lengths: [Float]) -> UInt32 {
        var frequency: Float = 0
        for position in positions {
            var field = 0
            var end = fields[0].count
            while position >= end {
                field += 1
                end += fields[field].count
            }
            let b = tuning.fieldLengthNormalisation[field]
            let relative = lengths[field] > 0 ? Float(fields[field].count) / lengths[field] : 1
            frequency += tuning.fieldWeights[field] / (1 - b + b * relative)
        }
        return UInt32(max(1, min(255, (frequency / (tuning.saturation + frequency) * 255).rounded())))
    }

    private func final(_ found: Found, _ slots: [(ordinal: Int, weight: Double)], _ beside: [Double]) -> Double {
        let present = slots.indices.filter { !found.positions[$0].isEmpty }
        var near = 0.0
        for (left, right) in zip(present, present.dropFirst()) {
            let distance = slots[right].ordinal - slots[left].ordinal
            guard distance > 0, distance <= tuning.proximityReach else { continue }
            let others = found.positions[right]
            let ordered = found.positions[left].reduce(0) { total, one in
                total + others.count { $0 - one == distance && distance <= tuning.proximityWindow }
            }
            let close = found.positions[left].count { one in
                others.contains { abs($0 - one) <= tuning.proximityWindow }
            }
            guard close > 0 else { continue }
            let weight = min(slots[left].weight, slots[right].weight)
            near += weight * (tuning.orderedPairWeight * (Double(ordered) / (Double(ordered) + 1)))
            near += weight * (tuning.nearPairWeight * (Double(close) / (Double(close) + 1)))
        }
        let evidence =
            Double(found.sum) / (1_024 * 255) + near
            + tuning.titleCoverageWeight * agreement(found, slots, present, beside)
        return evidence
            * Double(min(max(found.document.boost, tuning.boostRange.lowerBound), tuning.boostRange.upperBound))
    }

    /// How closely the title, or the best matching asked phrase, equals the query.
    private func agreement(
        _ found: Found,
        _ slots: [(ordinal: Int, weight: Double)],
        _ present: [Int],
        _ beside: [Double]
    ) -> Double {
        let fields = Self.fields(found.document)
        var ranges = [0..<fields[0].count]
        var start = fields[0].count + fields[1].count
        for line in found.document.asked.split(separator: "\n") {
            let count = line.split(separator: " ").count
            ranges.append(start..<start + count)
            start += count
        }
        let all = slots.reduce(0.0) { $0 + $1.weight } + beside.reduce(0, +)
        return ranges.map { range -> Double in
            let inside = present.filter { found.positions[$0].contains(where: range.contains) }
            let weight = inside.reduce(0.0) { $0 + slots[$1].weight }
            guard weight > 0 else { return 0 }
            let companions = beside.indices.filter { found.functions[$0].contains(where: range.contains) }
            let covered =
                present.reduce(0) { $0 + found.positions[$1].count(where: range.contains) }
                + found.functions.reduce(0) { $0 + $1.count(where: range.contains) }
            let total = weight + companions.reduce(0.0) { $0 + beside[$1] }
            return weight * min(1, Double(covered) / Double(range.count)) * (total / all)
        }.max() ?? 0
    }
}
