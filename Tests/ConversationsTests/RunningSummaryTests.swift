import Conversations
import Foundation
import Testing
import Vocabulary

@Suite struct RunningSummaryTests {
    private func summary(_ turns: [(String, Double?)]) -> RunningSummary {
        var summary = RunningSummary()
        for (text, score) in turns { summary.observe(text: text, score: score, speaker: .customer) }
        return summary
    }

    @Test func `a conversation without the customer's words has none`() {
        var summary = RunningSummary()
        summary.observe(text: "Hello, how can I help you today?", score: 0.3, speaker: .agent)
        #expect(summary.text == nil)
    }

    @Test func `it quotes the first concern, the worst moment and the latest words`() {
        let summary = summary([
            ("hi", 0.1), ("my parcel should have come on monday", -0.1), ("this is a disgrace", -0.8),
            ("it is the third time", -0.4), ("fine then", 0.05),
        ])
        #expect(summary.concern == "my parcel should have come on monday")
        #expect(summary.strongest == "this is a disgrace" && summary.latest == "fine then")
        #expect(
            summary.text
                == "Came with: “my parcel should have come on monday” Worst moment: “this is a disgrace” "
                + "Last: “fine then”"
        )
    }

    @Test func `nothing is quoted twice, and long texts are cut between words`() {
        let text = String(repeating: "word ", count: 200)
        let summary = summary([(text, -0.9)])
        #expect(summary.text?.components(separatedBy: "Last").count == 1)
        #expect((summary.concern?.count ?? 0) <= 161 && summary.concern?.hasSuffix("word…") == true)
    }

    @Test func `a text without blanks is cut all the same`() {
        let summary = summary([(String(repeating: "x", count: 20_000), -0.9)])
        #expect(summary.concern?.count == 161)
    }
}
