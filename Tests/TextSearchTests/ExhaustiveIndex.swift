import Foundation
import TextSearch

/// The slow, obvious twin of `SearchIndex`: it scores every document from its words.
///
/// It covers plain words of the locale `und` (no stemming, no function words, no forgiveness), phrases, filters,
/// validity, updates and removals.
struct ExhaustiveIndex {
    var documents: [String: SearchDocument] = [:]
    let tuning: SearchTuning

    struct Hit: Equatable {
        var key: String
        var score: Double
    }

    private struct Found {
        var key: String
        var sum: UInt32
        var positions: [[Int]]
        var document: SearchDocument
    }

    /// The hits of words combined by OR, best first; `lengths` are the mean lengths to normalise by.
    func search(
        _ words: [String],
        phrases: [[String]] = [],
        filter: SearchFilter,
        lengths: [Float],
        limit: Int,
        offset: Int
    ) -> [Hit] {
        var distinct: [(word: String, ordinal: Int, count: Int)] = []
        for (ordinal, word) in words.enumerated() {
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
        var found: [Found] = []
        for (document, fields) in all where admits(document, filter) && Self.holds(phrases, fields) {
            let positions = known.map { Self.positions(of: distinct[$0].word, in: fields) }
            var sum: UInt32 = 0
            for (index, slot) in known.enumerated() where !positions[index].isEmpty {
                sum += weights[slot] * impact(positions[index], fields, lengths)
            }
            if sum > 0 { found.append(Found(key: document.key, sum: sum, positions: positions, document: document)) }
        }
        found.sort { $0.sum != $1.sum ? $0.sum > $1.sum : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let slots = known.map { (ordinal: distinct[$0].ordinal, weight: Double(weights[$0]) / 1_024) }
        var hits = found.prefix(tuning.rerankDepth).map { Hit(key: $0.key, score: final($0, slots)) }
        hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        hits += found.dropFirst(tuning.rerankDepth).map {
            Hit(key: $0.key, score: Double($0.sum) / (1_024 * 255) * Double(tuning.boostRange.lowerBound))
        }
        return Array(hits.dropFirst(offset).prefix(limit))
    }

    static func fields(_ document: SearchDocument) -> [[String]] {
        [document.title, document.keywords, document.summary, document.headings, document.body].map {
            $0.split(separator: " ").map(String.init)
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
        let ratio = (Float(count) - Float(frequency) + 0.5) / (Float(frequency) + 0.5)
        let inverse = Float(log(Double(1 + ratio)))
        var weight = max(1, min(65_535, (inverse * 1_024).rounded()))
        if times > 1 {
            let factor = Float(times) * (tuning.querySaturation + 1) / (Float(times) + tuning.querySaturation)
            weight = min(65_535, (weight * factor).rounded())
        }
        return UInt32(weight)
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

    private func final(_ found: Found, _ slots: [(ordinal: Int, weight: Double)]) -> Double {
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
        let evidence = Double(found.sum) / (1_024 * 255) + near + title(found, slots, present)
        return evidence
            * Double(min(max(found.document.boost, tuning.boostRange.lowerBound), tuning.boostRange.upperBound))
    }

    private func title(_ found: Found, _ slots: [(ordinal: Int, weight: Double)], _ present: [Int]) -> Double {
        let length = Self.fields(found.document)[0].count
        guard length > 0 else { return 0 }
        let inside = present.filter { found.positions[$0].contains { $0 < length } }
        let weight = inside.reduce(0.0) { $0 + slots[$1].weight }
        guard weight > 0 else { return 0 }
        let covered = present.reduce(0) { $0 + found.positions[$1].count { $0 < length } }
        let all = slots.reduce(0.0) { $0 + $1.weight }
        return weight * tuning.titleCoverageWeight * min(1, Double(covered) / Double(length)) * (weight / all)
    }
}
