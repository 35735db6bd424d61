import Foundation
import Sentiment
import Vocabulary

/// Evaluates a model on held-out rows: by cross-validation, with a whole set left out, and on sets not used for
/// training.
struct Trial {
    /// The figures of VADER 3.3.2 on the same sets, as `sentiment_peers.py` prints them.
    static let vader: [String: Double] = [
        "tweets_GroundTruth": 0.8722, "amazonReviewSnippets_GroundTruth": 0.59,
        "movieReviewSnippets_GroundTruth": 0.4148,
        "nytEditorialSnippets_GroundTruth": 0.5029, "Sudar_amazon_cells_labelled": 0.693, "Sudar_imdb_labelled": 0.6949,
        "Sudar_yelp_labelled": 0.646,
    ]

    let rows: [LabelledRow]
    let builder: ModelBuilder
    let folder: URL

    private var sets: [String] { TrainingSets.rated + TrainingSets.judged }

    func run(folds: Int = 5) {
        let crossed = crossValidation(folds)
        let left = leftOut()
        var (crossedSum, leftSum, vaderSum) = (0.0, 0.0, 0.0)
        for set in sets {
            let (first, second, third) = (figure(set, crossed), figure(set, left), Self.vader[set] ?? 0)
            (crossedSum, leftSum, vaderSum) = (crossedSum + first, leftSum + second, vaderSum + third)
            print(
                "{\"set\":\"\(set)\",\"cross_validated\":\(Self.round4(first)),\"set_left_out\":\(Self.round4(second)),\"vader\":\(third)}"
            )
        }
        let count = Double(sets.count)
        print(
            "{\"mean\":true,\"cross_validated\":\(Self.round4(crossedSum / count)),\"set_left_out\":\(Self.round4(leftSum / count)),"
                + "\"vader\":\(Self.round4(vaderSum / count))}"
        )
        threeWay(crossed)
        unseen()
    }

    /// The score of every row by a model trained without its group.
    private func crossValidation(_ folds: Int) -> [Double] {
        var scores = [Double](repeating: 0, count: rows.count)
        for fold in 0..<folds {
            let scorer = SentimentScorer(builder.build(rows.filter { $0.group % UInt64(folds) != UInt64(fold) }))
            for (index, row) in rows.enumerated() where row.group % UInt64(folds) == UInt64(fold) {
                scores[index] = scorer.score(row.text).score
            }
        }
        return scores
    }

    private func leftOut() -> [Double] {
        var scores = [Double](repeating: 0, count: rows.count)
        for set in sets {
            let scorer = SentimentScorer(builder.build(rows.filter { $0.set != set }))
            for (index, row) in rows.enumerated() where row.set == set { scores[index] = scorer.score(row.text).score }
        }
        return scores
    }

    private func figure(_ set: String, _ scores: [Double]) -> Double {
        let own = zip(rows, scores).filter { $0.0.set == set }
        return Self.figure(own.map(\.0), own.map(\.1))
    }

    /// The figure of a set, to four decimals: the accuracy for labels of 0 and 1, else the correlation with the ratings.
    static func figure(_ rows: [LabelledRow], _ scores: [Double]) -> Double {
        let isJudged = rows.first.map { TrainingSets.judged.contains($0.set) } ?? false
        let labels = rows.map { isJudged ? ($0.rating > 0 ? 1.0 : 0) : Double($0.rating) }
        let evaluation = Evaluation(scores: scores, labels: labels, isThreeWay: false)
        return round4((isJudged ? evaluation.accuracy : evaluation.pearsonR) ?? 0)
    }

    /// The sentences of SST-2 with their labels; none where the file is missing.
    static func films(_ folder: URL) -> [(text: String, label: Double)] {
        ((try? TrainingSets.lines(folder.appending(path: "sst2/dev.tsv"))) ?? []).compactMap { line in
            line.lastIndex(of: "\t").map { (String(line[..<$0]), line.hasSuffix("1") ? 1.0 : 0) }
        }
    }

    /// Three-way accuracy on the rated sets, where a human mean within half a point of zero is neutral.
    private func threeWay(_ scores: [Double]) {
        for set in TrainingSets.rated {
            let own = zip(rows, scores).filter { $0.0.set == set }
            let labels = own.map { abs($0.0.rating) < 0.5 ? 0.0 : $0.0.rating > 0 ? 1 : -1 }
            let evaluation = Evaluation(scores: own.map(\.1), labels: labels, isThreeWay: true)
            let (accuracy, f1) = (Self.round4(evaluation.accuracy ?? 0), Self.round4(evaluation.macroF1 ?? 0))
            print("{\"set\":\"\(set)\",\"three_way_accuracy\":\(accuracy),\"macro_f1\":\(f1)}")
        }
        let judged = zip(rows, scores).filter { TrainingSets.judged.contains($0.0.set) }
        let neutral = judged.count { abs($0.1) < SentimentLabel.neutralBound }
        print("{\"judged_answers_neutral\":\(Self.round4(Double(neutral) / Double(max(judged.count, 1))))}")
    }

    /// Evaluates the sets not used for training.
    ///
    /// SST-2 shares sentences with the film snippets, so those are left out for it.
    private func unseen() {
        let whole = SentimentScorer(builder.build(rows))
        let unfilmed = SentimentScorer(builder.build(rows.filter { $0.set != "movieReviewSnippets_GroundTruth" }))
        let films = Self.films(folder)
        for (name, scorer) in [
            ("sst2, film snippets left out", unfilmed), ("sst2, shares sentences with training", whole),
        ] {
            let evaluation = Evaluation(
                scores: films.map { scorer.score($0.text).score },
                labels: films.map(\.label),
                isThreeWay: false
            )
            print(
                "{\"set\":\"\(name)\",\"accuracy\":\(Self.round4(evaluation.accuracy ?? 0)),\"auc\":\(Self.round4(evaluation.auc ?? 0))}"
            )
        }
        let turns = dialogueTurns()
        let scores = turns.map { -whole.score($0.text).score }
        let wanted = turns.map(\.isDissatisfied)
        let auc = Evaluation.areaUnderCurve(scores, wanted) ?? 0
        let precision = Evaluation.averagePrecision(scores, wanted) ?? 0
        print(
            "{\"set\":\"uss/MWOZ\",\"turns\":\(turns.count),\"auc\":\(Self.round4(auc)),\"average_precision\":\(Self.round4(precision))}"
        )
        let clock = ContinuousClock()
        let took = clock.measure { for turn in turns { _ = whole.score(turn.text) } } / max(turns.count, 1)
        print("{\"per_utterance_us\":\(Double(took.components.attoseconds) / 1e12)}")
    }

    private func dialogueTurns() -> [(text: String, isDissatisfied: Bool)] {
        ((try? TrainingSets.lines(folder.appending(path: "uss/MWOZ.txt"))) ?? []).compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 4, fields[0] == "USER", fields[1] != "OVERALL" else { return nil }
            let marks = fields[3].split(separator: ",").compactMap { Double($0) }
            guard !marks.isEmpty else { return nil }
            return (String(fields[1]), marks.reduce(0, +) / Double(marks.count) < 2.5)
        }
    }

    static func round4(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
