import Foundation
import Sentiment
import Vocabulary

/// Trains the heads, and evaluates them on rows, families of dialogues and sets that they were not trained on.
struct HeadTrial {
    /// What was trained without some rows.
    private struct Held {
        let scorer: SentimentScorer
        let ratingWeights: [Float]
    }

    let vectors: SentenceVectors
    private let rows: [LabelledRow]
    private let own: [LabelledRow]
    private let models: ModelBuilder
    private let builder: HeadBuilder
    /// Dialogues to train on: the project's own, and plain ones.
    private let examples: [OwnDialogues.Example]
    /// Dialogues to evaluate on.
    private let rated: [OwnDialogues.Example]
    private let films: [(text: String, label: Double)]

    private static let folds: UInt64 = 5
    /// How much of the way to a new turn the level of unmet needs goes in a conversation.
    private static let levelRate = 0.6
    private var sets: [String] { TrainingSets.rated + TrainingSets.judged }

    /// Encodes all texts, which takes minutes; those that are for evaluation only if `isEvaluated`.
    init(rows: [LabelledRow], builder models: ModelBuilder, folder: URL, model: URL, isEvaluated: Bool) throws {
        (self.rows, self.models) = (rows, models)
        own = OwnPhrases.rows(weight: ModelBuilder.Settings().ownWeight)
        examples = OwnDialogues.examples() + (try PlainDialogues.load(folder))
        rated = isEvaluated ? try Dialogues.load(folder) : []
        films = isEvaluated ? Trial.films(folder) : []
        var texts = (rows + own).map(\.text) + films.map(\.text)
        for example in examples + rated {
            texts.append(example.turn)
            texts += example.earlier
            if let answer = example.answer { texts.append(answer) }
        }
        vectors = try SentenceVectors(texts, model: model)
        builder = HeadBuilder(vectors: vectors)
    }

    // MARK: Training

    /// The heads, trained on all rows and dialogues.
    func heads() -> SentimentHeads { heads(leftOut()) }

    private func heads(_ left: [Held]) -> SentimentHeads {
        builder.build(
            rows,
            own: own,
            parts: zip(rows, left).map(parts),
            examples: examples,
            scorer: SentimentScorer(models.build(rows))
        )
    }

    private func held(without isOut: (LabelledRow) -> Bool) -> Held {
        let kept = rows.filter { !isOut($0) }
        return Held(scorer: SentimentScorer(models.build(kept)), ratingWeights: builder.ratingWeights(kept + own))
    }

    /// For each row, what was trained without its set.
    private func leftOut() -> [Held] {
        let bySet = Dictionary(uniqueKeysWithValues: sets.map { set in (set, held { $0.set == set }) })
        return rows.compactMap { bySet[$0.set] }
    }

    /// For each row, what was trained without its fold.
    private func crossed() -> [Held] {
        let folds = (0..<Self.folds).map { fold in held { $0.group % Self.folds == fold } }
        return rows.map { folds[Int($0.group % Self.folds)] }
    }

    private func parts(_ row: LabelledRow, _ held: Held) -> BlendParts {
        let words = held.scorer.rating(row.text)
        let rating = estimate(row.text, held.ratingWeights, .init(words: 0, lexicon: 0, meaning: 1))?.rating
        return BlendParts(words: words.sum, lexicon: words.lexicon, meaning: rating ?? 0)
    }

    private func estimate(
        _ text: String,
        _ ratingWeights: [Float],
        _ blend: SentimentHeads.Blend
    ) -> SentimentHeads.Estimate? {
        SentimentHeads(
            encoder: vectors.encoder,
            dimension: vectors.dimension,
            ratingWeights: ratingWeights,
            blend: blend,
            unmetWeights: Array(repeating: 0, count: 2 * vectors.dimension + TurnInContext.figureCount)
        ).estimate(vectors[text])
    }

    // MARK: Evaluation

    /// Prints a line for each set, and lines for the unmet head.
    func run() {
        let (crossed, left) = (crossed(), leftOut())
        let heads = heads(left)
        let pairs = zip(rows, left).map { (row: $0.0, parts: parts($0.0, $0.1)) }
        // The factors for a set that is left out come from the other sets.
        let blends = Dictionary(
            uniqueKeysWithValues: sets.map { set in
                let others = pairs.filter { $0.row.set != set }
                return (set, builder.blend(others.map(\.parts), others.map(\.row)))
            }
        )
        let meaning = SentimentHeads.Blend(words: 0, lexicon: 0, meaning: 1)
        for set in sets {
            func figure(_ held: [Held], _ blend: SentimentHeads.Blend?) -> Double {
                let own = zip(rows, held).filter { $0.0.set == set }
                return Trial.figure(
                    own.map(\.0),
                    own.map { row, held in
                        let estimate = blend.flatMap { self.estimate(row.text, held.ratingWeights, $0) }
                        return held.scorer.score(row.text, meaning: estimate).score
                    }
                )
            }
            print(
                """
                {"set":"\(set)","words":[\(figure(crossed, nil)),\(figure(left, nil))],\
                "head":[\(figure(crossed, meaning)),\(figure(left, meaning))],\
                "blend":[\(figure(crossed, heads.blend)),\(figure(left, blends[set]))],"vader":\(Trial.vader[set] ?? 0)}
                """
            )
        }
        print("{\"blend\":[\(heads.blend.words),\(heads.blend.lexicon),\(heads.blend.meaning)]}")
        unseenFilms(heads.blend)
        written()
        unseenDialogues(heads)
    }

    /// SST-2, with the film snippets that it shares sentences with left out.
    private func unseenFilms(_ blend: SentimentHeads.Blend) {
        let held = held { $0.set == "movieReviewSnippets_GroundTruth" }
        let scores = films.map {
            held.scorer.score($0.text, meaning: estimate($0.text, held.ratingWeights, blend)).score
        }
        let evaluation = Evaluation(scores: scores, labels: films.map(\.label), isThreeWay: false)
        let (accuracy, auc) = (Trial.round4(evaluation.accuracy ?? 0), Trial.round4(evaluation.auc ?? 0))
        print("{\"set\":\"sst2, film snippets left out\",\"accuracy\":\(accuracy),\"auc\":\(auc)}")
    }

    /// The unmet head on written dialogues whose families it was not trained on.
    private func written() {
        let scorer = SentimentScorer(models.build(rows))
        let names = Set(examples.flatMap { [$0.family] + ($0.answerFamily.map { [$0] } ?? []) }).sorted()
        var folds: [String: Int] = [:]
        for (index, name) in names.enumerated() { folds[name] = index % Int(Self.folds) }
        var (found, wanted): ([Double], [Bool]) = ([], [])
        for fold in 0..<Int(Self.folds) {
            let kept = examples.filter { folds[$0.family] != fold && $0.answerFamily.flatMap { folds[$0] } != fold }
            let heads = unmetOnly(builder.unmetWeights(kept, scorer: scorer))
            let others = examples.filter { folds[$0.family] == fold && $0.target != PlainDialogues.target }
            for example in others {
                found.append(heads.unmet(builder.turn(example, scorer: scorer)) ?? 0)
                wanted.append(example.target > 0.5)
            }
        }
        printFinding("written dialogues, families left out", found, wanted)
    }

    private func unmetOnly(_ weights: [Float]) -> SentimentHeads {
        SentimentHeads(
            encoder: vectors.encoder,
            dimension: vectors.dimension,
            ratingWeights: Array(repeating: 0, count: vectors.dimension + 1),
            blend: .init(words: 1, lexicon: 0, meaning: 0),
            unmetWeights: weights
        )
    }

    /// Sentiment and unmet needs on dialogues that people rated.
    private func unseenDialogues(_ heads: SentimentHeads) {
        let scorer = SentimentScorer(models.build(rows))
        let wanted = rated.map { $0.target > 0.5 }
        let words = rated.map { scorer.score($0.turn).score }
        let blended = rated.map { scorer.score($0.turn, meaning: heads.estimate(vectors[$0.turn])).score }
        let unmet = rated.map { heads.unmet(builder.turn($0, scorer: scorer)) ?? 0 }
        var (levels, level, dialogue): ([Double], Double, String?) = ([], 0, nil)
        for (turn, unmet) in zip(rated, unmet) {
            if turn.family != dialogue { (level, dialogue) = (0, turn.family) }
            level += Self.levelRate * (unmet - level)
            levels.append(level)
        }
        printFinding("uss/MWOZ by words", words.map { -$0 }, wanted)
        printFinding("uss/MWOZ by blend", blended.map { -$0 }, wanted)
        printFinding("uss/MWOZ by unmet", unmet, wanted)
        printFinding("uss/MWOZ by level of unmet", levels, wanted)
        let alarms = zip(levels, wanted).filter { $0.0 >= 0.75 }
        print("{\"level_from_0.75\":\(alarms.count),\"dissatisfied\":\(alarms.count { $0.1 }),\"of\":\(levels.count)}")
    }

    private func printFinding(_ set: String, _ scores: [Double], _ wanted: [Bool]) {
        let auc = Trial.round4(Evaluation.areaUnderCurve(scores, wanted) ?? 0)
        let precision = Trial.round4(Evaluation.averagePrecision(scores, wanted) ?? 0)
        print("{\"set\":\"\(set)\",\"turns\":\(scores.count),\"auc\":\(auc),\"average_precision\":\(precision)}")
    }
}
