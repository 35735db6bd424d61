import Conversations
import Foundation
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

    private func unmet(_ measures: [Double?]) -> Mood {
        var mood = Mood()
        for (index, measure) in measures.enumerated() {
            mood.observe(score: 0, unmet: measure, speaker: .customer, at: Int64(index))
        }
        return mood
    }

    @Test func `one unmet turn does not reach the top, two in a row do, and a met one brings it down`() throws {
        let once = try #require(unmet([0, 1]).unmet)
        let twice = try #require(unmet([0, 1, 1]).unmet)
        let met = try #require(unmet([0, 1, 1, 0]).unmet)
        #expect(once <= 0.6 && twice > 0.8 && met < once)
    }

    @Test func `a turn without a measure has no unmet, and the next one goes on from before`() {
        #expect(unmet([]).unmet == nil && unmet([0.9, nil]).unmet == nil)
        #expect(unmet([0.9, nil, 0.9]).unmet == unmet([0.9, 0.9]).unmet)
        #expect(unmet([.nan]).unmet == nil)
    }

    @Test(arguments: [-Double.infinity, -3, 0, 0.4, 1, 7, .infinity])
    func `unmet stays between 0 and 1, and only customers move it`(measure: Double) throws {
        var mood = unmet([measure, measure, measure])
        let level = try #require(mood.unmet)
        #expect((0...1).contains(level))
        mood.observe(score: nil, unmet: 0.5, speaker: .agent, at: 9)
        #expect(mood.unmet == level)
    }

    @Test func `figures with unmet are read as they were kept, and those without it too`() {
        let mood = unmet([0.3, 0.9])
        #expect(MoodFigures(MoodFigures(mood).json) == MoodFigures(mood) && MoodFigures(mood).unmet != nil)
        #expect(MoodFigures(MoodFigures(Mood()).json)?.unmet == nil)
    }

    @Test func `a mood that was kept before needs were measured is read`() throws {
        let kept = """
            {"now": -0.2, "lowest": -0.2, "start": -0.2, "negativeStreak": 1, "customerTurns": 1, "scoredTurns": 1, "agentTurns": 0,
            "redMicroseconds": 0, "slow": -0.03, "held": 0}
            """
        var mood = try JSONDecoder().decode(Mood.self, from: Data(kept.utf8))
        #expect(mood.now == -0.2 && mood.unmet == nil)
        mood.observe(score: 0, unmet: 1, speaker: .customer, at: 1)
        #expect(mood.unmet == 0.6)
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
