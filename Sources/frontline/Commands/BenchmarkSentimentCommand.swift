import ArgumentParser
import FrontlineService
import Sentiment

struct BenchmarkSentimentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sentiment",
        abstract: "Time the scoring of an utterance, on one thread."
    )

    private static let utterance = "I have been waiting for three hours and nobody helps me, this is terrible!!"
    private static let rounds = 100_000

    private struct Line: Encodable {
        let perUtterance: Double

        enum CodingKeys: String, CodingKey {
            case perUtterance = "per_utterance_us"
        }
    }

    func run() throws {
        guard let scorer = SentimentModel.scorer(for: "en") else {
            throw CommandFailure(message: "the English model is missing")
        }
        var sum = 0.0
        for _ in 0..<1_000 { sum += scorer.score(Self.utterance).score }
        let start = Monotonic.nanoseconds()
        for _ in 0..<Self.rounds { sum += scorer.score(Self.utterance).score }
        let microseconds = Double(Monotonic.nanoseconds() - start) / 1_000 / Double(Self.rounds)
        precondition(sum < 0, "the utterance of the benchmark is negative")
        try Console.printJSON(Line(perUtterance: (microseconds * 100).rounded() / 100))
    }
}
