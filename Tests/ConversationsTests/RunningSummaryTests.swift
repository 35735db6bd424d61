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

    @Test(
        "a first concern has five words, or is a complaint",
        arguments: [
            ("my parcel is late", 0.0, false), ("my parcel is very late", 0, true), ("my parcel is late", -0.3, true),
            ("my parcel is late", -0.29, false), ("my parcel is late", nil, false), ("no", -1, true),
        ] as [(String, Double?, Bool)]
    )
    func concern(text: String, score: Double?, isConcern: Bool) {
        #expect(summary([(text, score)]).concern == (isConcern ? text : nil))
    }

    @Test func `the first of equally strong complaints is the worst moment, a weaker one never is`() {
        let summary = summary([("one", -0.5), ("two", -0.5), ("three", -0.4), ("four", -0.29)])
        #expect(summary.strongest == "one")
        #expect(self.summary([("one", -0.5), ("two", -0.51)]).strongest == "two")
        #expect(self.summary([("one", -0.29)]).strongest == nil && self.summary([("one", nil)]).strongest == nil)
    }

    @Test func `a text of 160 characters stands as it is, a longer one is cut to 160 and a mark`() {
        let (whole, longer) = (String(repeating: "x", count: 160), String(repeating: "x", count: 161))
        #expect(summary([(whole, -1)]).latest == whole)
        #expect(summary([(longer, -1)]).latest == whole + "…")
    }

    @Test func `what lies beyond four times that length is not read`() {
        let gap = { String(repeating: " ", count: $0) }
        #expect(summary([("a" + gap(638) + "b", -1)]).latest == "a b")
        #expect(summary([("a" + gap(639) + "b", -1)]).latest == "a")
    }

    @Test func `a text without words, and what others say, change nothing`() {
        var summary = summary([("my order never came at all", -0.4)])
        let before = summary
        summary.observe(text: " \n\t ", score: -1, speaker: .customer)
        for speaker in Speaker.allCases where speaker != .customer {
            summary.observe(text: "I am so sorry to hear that", score: -1, speaker: speaker)
        }
        #expect(summary == before)
        summary.observe(text: "  so\n what ", score: 0, speaker: .customer)
        #expect(summary.latest == "so what")
    }

    @Test(
        "each quotation is told once, under the first of its titles",
        arguments: [
            ([("it never came, not even late", -0.9)], "Came with: “it never came, not even late”"),
            (
                [("it never came, not even late", -0.4), ("a disgrace", -0.9)],
                "Came with: “it never came, not even late” Worst moment: “a disgrace”"
            ),
            (
                [("it never came, not even late", -0.9), ("fine", 0.2)],
                "Came with: “it never came, not even late” Last: “fine”"
            ),
            ([("hi", 0.2)], "Last: “hi”"),
        ] as [([(String, Double?)], String)]
    )
    func told(turns: [(String, Double?)], expected: String) {
        #expect(summary(turns).text == expected)
    }
}
