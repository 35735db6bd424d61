import Vocabulary

/// Measures how well scores agree with labels; the kind of labels determines the measures.
///
/// - Labels `negative`, `neutral`, `positive`: accuracy and macro F1 over three classes, and the correlation with -1,
///   0, 1.
/// - Labels 0 and 1: accuracy, which counts a neutral score as wrong, macro F1 over the two classes, the correlation,
///   and the area under the ROC curve and the average precision for label 1.
/// - Other numbers: Pearson's correlation with these ratings.
package struct Evaluation: Sendable, Equatable, Encodable {
    /// The number of rows scored.
    package let n: Int
    /// The share of rows with the right label.
    package var accuracy: Double?
    /// The mean over the labels of the harmonic mean of precision and recall.
    package var macroF1: Double?
    /// Pearson's correlation of score and label.
    package var pearsonR: Double?
    /// The area under the ROC curve.
    package var auc: Double?
    /// The mean of the precision at each row of label 1, from the highest score down.
    package var averagePrecision: Double?

    private enum CodingKeys: String, CodingKey {
        case n
        case accuracy
        case macroF1 = "macro_f1"
        case pearsonR = "pearson_r"
        case auc
        case averagePrecision = "average_precision"
    }

    /// Compares the scores of `scorer` with the labels of `table`.
    ///
    /// - Parameters:
    ///   - table: the texts with their labels.
    ///   - scorer: scores the texts.
    ///   - meaning: what the meaning of a text says, for blended scores; nil for the words alone.
    /// - Throws: A ``SentimentError`` if the labels are neither words for sentiment nor numbers.
    package init(
        _ table: LabelledTable,
        scorer: SentimentScorer,
        meaning: (String) -> SentimentHeads.Estimate? = { _ in nil }
    ) throws(SentimentError) {
        let words = table.rows.map { Self.wordLabels[$0.label.lowercased()] }
        let numbers = table.rows.map { Double($0.label).flatMap { $0.isFinite ? $0 : nil } }
        // A first row with a label of neither kind is an unexpected header line.
        let known = words.dropFirst().contains { $0 != nil } || words.first.flatMap { $0 } != nil
        let labels: [Double?] = known ? words.map { $0.map(Double.init) } : numbers
        for (index, label) in labels.enumerated().dropFirst() where label == nil {
            let what = "\"\(table.rows[index].label)\" in row \(index + 1) is not a valid label"
            throw SentimentError(
                code: .malformedTable,
                message: "\(what): expected negative, neutral and positive, or 0 and 1, or only numbers"
            )
        }
        let pairs = zip(table.rows, labels).compactMap { row, label in
            label.map { (scorer.score(row.text, meaning: meaning(row.text)).score, $0) }
        }
        self.init(scores: pairs.map(\.0), labels: pairs.map(\.1), isThreeWay: known)
    }

    /// Compares scores with labels: -1, 0 and 1 when `isThreeWay`, else 0 and 1 or ratings.
    package init(scores: [Double], labels: [Double], isThreeWay: Bool) {
        n = scores.count
        guard n > 0 else { return }
        pearsonR = Self.correlation(scores, labels)
        let isBinary = !isThreeWay && labels.allSatisfy { $0 == 0 || $0 == 1 }
        guard isThreeWay || isBinary else { return }
        let found = scores.map { abs($0) < SentimentLabel.neutralBound ? 0 : $0 < 0 ? -1 : 1 }
        let truth = isBinary ? labels.map { $0 == 1 ? 1 : -1 } : labels.map { Int($0) }
        accuracy = Double(zip(found, truth).count { $0 == $1 }) / Double(n)
        macroF1 = Self.macroF1(found, truth, classes: isBinary ? [-1, 1] : [-1, 0, 1])
        guard isBinary else { return }
        auc = Self.areaUnderCurve(scores, labels.map { $0 == 1 })
        averagePrecision = Self.averagePrecision(scores, labels.map { $0 == 1 })
    }

    private static let wordLabels = [
        "negative": -1, "neutral": 0, "positive": 1, "neg": -1, "neu": 0, "pos": 1,
    ]

    private static func macroF1(_ found: [Int], _ truth: [Int], classes: [Int]) -> Double {
        let present = classes.filter { label in truth.contains(label) || found.contains(label) }
        let sum = present.reduce(0.0) { sum, label in
            let both = Double(zip(found, truth).count { $0 == label && $1 == label })
            let either = Double(found.count { $0 == label } + truth.count { $0 == label })
            return sum + (either > 0 ? 2 * both / either : 0)
        }
        return sum / Double(max(present.count, 1))
    }

    /// Pearson's correlation; 0 if one side does not vary.
    package static func correlation(_ left: [Double], _ right: [Double]) -> Double {
        let count = Double(min(left.count, right.count))
        guard count > 1 else { return 0 }
        let (leftMean, rightMean) = (left.reduce(0, +) / count, right.reduce(0, +) / count)
        var (covariance, leftSpread, rightSpread) = (0.0, 0.0, 0.0)
        for (first, second) in zip(left, right) {
            covariance += (first - leftMean) * (second - rightMean)
            leftSpread += (first - leftMean) * (first - leftMean)
            rightSpread += (second - rightMean) * (second - rightMean)
        }
        return leftSpread > 0 && rightSpread > 0 ? covariance / (leftSpread * rightSpread).squareRoot() : 0
    }

    /// The probability that a wanted row scores above an unwanted one; ties count half; nil without rows of both kinds.
    package static func areaUnderCurve(_ scores: [Double], _ wanted: [Bool]) -> Double? {
        let ranked = zip(scores, wanted).sorted { $0.0 < $1.0 }
        let hits = Double(wanted.count { $0 })
        let others = Double(wanted.count) - hits
        guard hits > 0, others > 0 else { return nil }
        var rankSum = 0.0
        var index = 0
        while index < ranked.count {
            var end = index
            while end < ranked.count, ranked[end].0 == ranked[index].0 { end += 1 }
            let meanRank = Double(index + 1 + end) / 2
            rankSum += meanRank * Double(ranked[index..<end].count { $0.1 })
            index = end
        }
        return (rankSum - hits * (hits + 1) / 2) / (hits * others)
    }

    /// The mean of the precision at each wanted row, from the highest score down; nil without wanted rows.
    package static func averagePrecision(_ scores: [Double], _ wanted: [Bool]) -> Double? {
        let ranked = zip(scores, wanted).enumerated().sorted {
            ($1.element.0, $0.offset) < ($0.element.0, $1.offset)
        }
        var hits = 0
        var sum = 0.0
        for (index, row) in ranked.enumerated() where row.element.1 {
            hits += 1
            sum += Double(hits) / Double(index + 1)
        }
        return hits > 0 ? sum / Double(hits) : nil
    }
}
