import ArgumentParser
import FrontlineService
import Sentiment

struct BenchmarkSentimentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sentiment",
        abstract: "Time the scoring of an utterance, on one thread.",
        discussion: """
            With an encoder a second line has the times of encoding the utterance, and of both models of the mood once it is \
            encoded.
            """
    )

    @OptionGroup var encoder: HeadedEncoderOptions

    private static let utterance = "I have been waiting for three hours and nobody helps me, this is terrible!!"
    private static let rounds = 100_000
    private static let encodings = 500

    private struct Line: Encodable {
        let perUtterance: Double

        enum CodingKeys: String, CodingKey {
            case perUtterance = "per_utterance_us"
        }
    }

    private struct BlendLine: Encodable {
        let encoding: Double
        let blended: Double
        let unmet: Double

        enum CodingKeys: String, CodingKey {
            case encoding = "per_encoding_us"
            case blended = "per_blended_us"
            case unmet = "per_unmet_us"
        }
    }

    func run() throws {
        guard let scorer = SentimentModel.scorer(for: "en") else {
            throw CommandFailure(message: "the English model is missing")
        }
        try Console.printJSON(Line(perUtterance: Self.microseconds(Self.rounds) { scorer.score(Self.utterance).score }))
        guard let headed = try encoder.open(locale: "en"), let meaning = headed.meaning(Self.utterance) else { return }
        let turn = TurnInContext(meaning, earlier: [meaning, meaning], answer: meaning, score: -0.9)
        let line = BlendLine(
            encoding: Self.microseconds(Self.encodings) { -Double(headed.meaning(Self.utterance)?.dimension ?? 0) },
            blended: Self.microseconds(Self.rounds) {
                scorer.score(Self.utterance, meaning: headed.heads.estimate(meaning)).score
            },
            unmet: Self.microseconds(Self.rounds) { -(headed.heads.unmet(turn) ?? 0) }
        )
        try Console.printJSON(line)
    }

    /// The time of one of many rounds, after a hundredth of them to warm up; each gives a figure below zero.
    private static func microseconds(_ rounds: Int, _ body: () -> Double) -> Double {
        var sum = 0.0
        for _ in 0..<rounds / 100 { sum += body() }
        let start = Monotonic.nanoseconds()
        for _ in 0..<rounds { sum += body() }
        let microseconds = Double(Monotonic.nanoseconds() - start) / 1_000 / Double(rounds)
        precondition(sum < 0, "the utterance of the benchmark is negative, and its need unmet")
        return (microseconds * 100).rounded() / 100
    }
}
