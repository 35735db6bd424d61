import Conversations
import Testing
import Vocabulary

@Suite struct MoodTests {
    private func mood(_ scores: [Double]) -> Mood {
        var mood = Mood()
        for (index, score) in scores.enumerated() {
            mood.observe(score: score, speaker: .customer, at: Int64(index) * 1_000_000)
        }
        return mood
    }

    @Test func `nothing said is neutral`() {
        #expect(MoodFigures(Mood()).json == ["now": 0.0, "trend": 0.0, "lowest": 0.0, "negative_streak": 0])
    }

    @Test func `a customer who stays angry is soon in the red, and who calms down leaves it`() {
        var mood = mood([0.1, -0.7, -0.8, -0.9])
        #expect(mood.now < -0.5 && mood.trend < -0.2 && mood.negativeStreak == 3)
        #expect(mood.lowest == mood.now)
        for second in 5...10 { mood.observe(score: 0.6, speaker: .customer, at: Int64(second) * 1_000_000) }
        #expect(mood.now > 0.2 && mood.trend > 0 && mood.negativeStreak == 0 && mood.lowest < -0.5)
        #expect(mood.redMicroseconds > 0)
    }

    @Test(
        "a single outlier moves the mood only partly, two in a row fully",
        arguments: [([0.5, 0.5, 0.5], -1.0), ([-0.6, -0.6, -0.6], 0.9)]
    )
    func outlier(calm: [Double], outlier: Double) {
        let before = mood(calm).now
        let once = mood(calm + [outlier]).now
        let twice = mood(calm + [outlier, outlier]).now
        let back = mood(calm + [outlier, calm[0]]).now
        #expect(abs(once - before) <= 0.22)
        #expect(abs(twice - once) > 1.5 * abs(once - before))
        #expect(abs(back - before) < abs(once - before))
    }

    @Test func `what the agent and others say leaves the customer's mood as it is`() {
        var mood = mood([-0.4])
        let before = mood.now
        for speaker in Speaker.allCases where speaker != .customer { mood.observe(score: -1, speaker: speaker, at: 9) }
        #expect(mood.now == before && mood.negativeStreak == 1 && mood.agentTurns == 1)
    }

    @Test func `a turn without a score is counted and changes nothing else`() {
        var mood = mood([-0.4, -0.5])
        let before = (mood.now, mood.negativeStreak)
        mood.observe(score: nil, speaker: .customer, at: 9)
        #expect(mood.now == before.0 && mood.negativeStreak == before.1 && mood.customerTurns == 3)
    }

    @Test func `scores that are none do no harm`() {
        let mood = mood([.nan, .infinity, -.infinity, 7, -7])
        #expect((-1...1).contains(mood.now) && mood.now.isFinite)
    }

    @Test func `every figure stays within its range, and the same turns give the same mood`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let scores = (0..<40).map { _ in Double.random(in: -1...1, using: &generator) }
            var current = Mood()
            for (index, score) in scores.enumerated() {
                let before = current.now
                current.observe(score: score, speaker: .customer, at: Int64(index) * 1_000_000)
                let bounds = index == 0 ? -1...1 : min(before, score) - 1e-12...max(before, score) + 1e-12
                #expect(bounds.contains(current.now))
                #expect((-1...1).contains(current.trend))
                #expect(current.lowest <= current.now)
            }
            #expect(current == mood(scores))
        }
    }

    @Test func `a higher score for the same turn never gives a lower mood`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            var scores = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                Double.random(in: -1...1, using: &generator)
            }
            let lower = mood(scores).now
            let index = scores.count - 1
            scores[index] = Double.random(in: scores[index]...1, using: &generator)
            #expect(mood(scores).now >= lower - 1e-12)
        }
    }

    @Test func `a mood is stored and read again as it was`() throws {
        let mood = mood([0.2, -0.9, -0.3, 0.8])
        let json = try JSONEncoding.encode(mood)
        #expect(try JSONDecoding.decode(Mood.self, from: JSON(parsing: json.serialized())) == mood)
    }
}
