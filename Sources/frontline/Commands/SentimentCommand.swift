import ArgumentParser
import Foundation
import FrontlineProtocol
import FrontlineService
import Sentiment
import Vocabulary

struct SentimentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sentiment",
        abstract: "Score utterances, and measure the scores on labelled sets.",
        subcommands: [ScoreCommand.self, EvaluateCommand.self]
    )

    struct ScoreCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "score",
            abstract: "Score an utterance; prints the answer of sentiment.score.",
            discussion: """
                With an encoder the score is a blend of words and meaning, and `blend` says what each gives: the score by \
                words, the rating by meaning from -4 to 4, and how likely it is that the customer's need is not met. What was \
                said before counts for the latter.
                """
        )

        @Argument(help: "The utterance; several arguments are one.") var text: [String]
        @Option(help: "Its language.") var locale = "en"
        @OptionGroup var encoder: HeadedEncoderOptions
        @Option(help: "An earlier utterance of the customer; may be given twice, the newest first.")
        var earlier: [String] = []
        @Option(help: "What the agent said in between.") var answer: String?

        private struct Blended: Encodable {
            let result: FrontlineProtocol.SentimentScore.Result
            let blend: Blend

            struct Blend: Encodable {
                let words: Double
                let meaning: Double?
                let unmet: Double?
            }

            enum CodingKeys: CodingKey { case blend }

            func encode(to encoder: any Encoder) throws {
                try result.encode(to: encoder)
                var members = encoder.container(keyedBy: CodingKeys.self)
                try members.encode(blend, forKey: .blend)
            }
        }

        func validate() throws {
            guard earlier.isEmpty && answer == nil || encoder.name != "off" else {
                throw ValidationError("what was said before counts with --encoder only")
            }
            guard earlier.count <= TurnInContext.window else {
                throw ValidationError("at most \(TurnInContext.window) earlier utterances count")
            }
        }

        func run() throws {
            let text = text.joined(separator: " ")
            guard let headed = try encoder.open(locale: locale), let scorer = SentimentModel.scorer(for: locale) else {
                return try Console.printJSON(FrontlineProtocol.SentimentScore.Result(text, locale: locale))
            }
            let words = scorer.score(text).score
            let meaning = headed.meaning(text)
            let estimate = meaning.flatMap(headed.heads.estimate)
            let turn = meaning.map { meaning in
                TurnInContext(
                    meaning,
                    earlier: earlier.compactMap(headed.meaning),
                    answer: answer.flatMap(headed.meaning),
                    score: words
                )
            }
            func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
            try Console.printJSON(
                Blended(
                    result: .init(scorer.score(text, meaning: estimate)),
                    blend: .init(
                        words: rounded(words),
                        meaning: estimate.map { rounded(Double($0.rating)) },
                        unmet: turn.flatMap(headed.heads.unmet).map(rounded)
                    )
                )
            )
        }
    }

    struct EvaluateCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "evaluate",
            abstract: "Measure the scores on a labelled TSV or CSV file; prints one line of JSON.",
            discussion: """
                A column is a header's name, or a number from 1 for files without a header. The labels negative, neutral and \
                positive are scored three ways; for 0 and 1 a neutral answer counts as wrong; other numbers are compared \
                as ratings.
                """
        )

        @Argument(help: "The file.", completion: .file()) var file: String
        @Option(help: "The column of the utterances.") var textColumn: String
        @Option(help: "The column of the labels.") var labelColumn: String
        @Option(help: "The language.") var locale = "en"
        @OptionGroup var encoder: HeadedEncoderOptions

        func run() throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure(message: "\(file) cannot be read")
            }
            guard let scorer = SentimentModel.scorer(for: locale) else {
                throw CommandFailure(message: "there is no model for the language “\(locale)”")
            }
            let headed = try encoder.open(locale: locale)
            do {
                let table = try LabelledTable([UInt8](data), textColumn: textColumn, labelColumn: labelColumn)
                try Console.printJSON(Evaluation(table, scorer: scorer) { headed?.estimate($0) })
            } catch let error as SentimentError {
                throw CommandFailure(message: "\(file): \(error.message)")
            }
        }
    }
}
