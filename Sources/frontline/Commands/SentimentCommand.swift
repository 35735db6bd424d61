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
            abstract: "Score an utterance; prints the answer of sentiment.score."
        )

        @Argument(help: "The utterance; several arguments are one.") var text: [String]
        @Option(help: "Its language.") var locale = "en"

        func run() throws {
            try Console.printJSON(
                FrontlineProtocol.SentimentScore.Result(text.joined(separator: " "), locale: locale)
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

        func run() throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure(message: "\(file) cannot be read")
            }
            guard let scorer = SentimentModel.scorer(for: locale) else {
                throw CommandFailure(message: "there is no model for the language “\(locale)”")
            }
            do {
                let table = try LabelledTable([UInt8](data), textColumn: textColumn, labelColumn: labelColumn)
                try Console.printJSON(Evaluation(table, scorer: scorer))
            } catch let error as SentimentError {
                throw CommandFailure(message: "\(file): \(error.message)")
            }
        }
    }
}
