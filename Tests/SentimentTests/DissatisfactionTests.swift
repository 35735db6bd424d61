import PublicData
import Sentiment
import Testing

/// Evaluation on dialogues not used for training.
@Suite(.enabled(if: PublicData.isExpected, "\(PublicData.absence)"))
struct DissatisfactionTests {
    @Test func `dissatisfied turns are found better than by the rule-based peer`() throws {
        let scorer = try #require(SentimentModel.scorer(for: "en"))
        let turns = try TestData.turns()
        #expect(turns.count > 5_000)
        let scores = turns.map { -scorer.score($0.text).score }
        let wanted = turns.map { $0.rating < 2.5 }
        let area = try #require(Evaluation.areaUnderCurve(scores, wanted))
        let precision = try #require(Evaluation.averagePrecision(scores, wanted))
        #expect(area > 0.635 && precision > 0.09, "\(area) \(precision)")
    }
}

enum TestData {
    /// The customer's turns with their mean rating.
    static func turns() throws -> [(text: String, rating: Double)] {
        try PublicData.text("sentiment/uss/MWOZ.txt").split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 4, fields[0] == "USER", fields[1] != "OVERALL" else { return nil }
            let marks = fields[3].split(separator: ",").compactMap { Double($0) }
            return marks.isEmpty ? nil : (String(fields[1]), marks.reduce(0, +) / Double(marks.count))
        }
    }
}
