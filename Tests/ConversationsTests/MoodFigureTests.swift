import Conversations
import Foundation
import Testing
import Vocabulary

/// The figures of a mood, worked out by hand: a third and a bit (0.35) of the way to each score, at most 0.6 away.
@Suite struct MoodFigureTests {
    private func mood(_ scores: [Double]) -> Mood {
        var mood = Mood()
        for (index, score) in scores.enumerated() {
            mood.observe(score: score, speaker: .customer, at: Int64(index) * 1_000_000)
        }
        return mood
    }

    @Test(
        "the level after some scores",
        arguments: [
            ([0.4], 0.14), ([-0.4], -0.14), ([0.6], 0.21), ([-0.6], -0.21),
            // What is cut off is held back, and released by the next score on the same side, once.
            ([1], 0.21), ([1, 1], 0.6265), ([1, 1, 1], 0.757225),
            ([-1], -0.21), ([-1, -1], -0.6265), ([-1, -1, -1], -0.757225),
            // No more is released than the distance to the new score.
            ([-1, -0.3], -0.273), ([1, 0.3], 0.273),
            // A score on the other side releases nothing; what it cuts off itself is held instead.
            ([1, -1], 0), ([-1, 1], 0), ([1, -1, -1], -0.5635), ([-1, 1, 1], 0.5635), ([-1, 0.1], -0.1015),
            // Nothing is held after a score within reach, however far the next one is.
            ([0.3, 1], 0.315), ([-0.3, -1], -0.315), ([0.3, 1, 1], 0.658),
        ] as [([Double], Double)]
    )
    func level(scores: [Double], expected: Double) {
        #expect(abs(mood(scores).now - expected) < 1e-12)
    }

    @Test(
        "the trend is the distance to a slower level",
        arguments: [([0.4], 0.119), ([-0.4], -0.119), ([1, 1], 0.505_75), ([-1, -1], -0.505_75)]
            as [([Double], Double)]
    )
    func trend(scores: [Double], expected: Double) {
        #expect(abs(mood(scores).trend - expected) < 1e-12)
    }

    @Test("the trend stays within -1 and 1 where the level turns from one end to the other", arguments: [1.0, -1])
    func steepestTrend(side: Double) {
        let turned = mood(Array(repeating: side, count: 60) + [-side, -side])
        #expect(turned.trend == -side)
    }

    @Test func `the start and the lowest level count from the first scored turn`() {
        let first = mood([0.4])
        #expect(first.start == first.now && first.lowest == first.now)
        let later = mood([0.4, 0.5, 0.6])
        #expect(later.start == first.now && later.lowest == first.now)
        let fallen = mood([0.4, -0.5])
        #expect(fallen.start == first.now && fallen.lowest == fallen.now)
        #expect(mood([-0.4, 0.5]).lowest == mood([-0.4]).now)
    }

    @Test func `turns are counted by who takes them and whether they have a score`() {
        var mood = Mood()
        #expect(mood.customerTurns == 0 && mood.scoredTurns == 0 && mood.agentTurns == 0 && mood.redMicroseconds == 0)
        for (score, speaker) in [
            (0.1, Speaker.customer), (nil, .customer), (0.2, .customer), (0.3, .agent), (nil, .agent), (0.1, .bot),
        ] {
            mood.observe(score: score, speaker: speaker, at: 1)
        }
        #expect(mood.customerTurns == 3 && mood.scoredTurns == 2 && mood.agentTurns == 2)
    }

    @Test(
        "a streak is broken by a score above the neutral bound",
        arguments: [
            ([-0.05], 1), ([-0.0499], 0), ([0], 0), ([-0.2, -0.2, -0.05], 3), ([-0.2, -0.2, -0.04], 0),
            ([-0.2, 0.3, -0.2], 1),
        ] as [([Double], Int)]
    )
    func streak(scores: [Double], expected: Int) {
        #expect(mood(scores).negativeStreak == expected)
    }

    @Test(
        "the level of unmet needs goes three fifths of the way to each measure",
        arguments: [
            ([1], 0.6), ([0.5], 0.3), ([0], 0), ([1, 1], 0.84), ([1, 0], 0.24), ([-3], 0), ([7], 0.6), ([1, -3], 0.24),
            ([0.5, 7], 0.72),
        ] as [([Double], Double)]
    )
    func unmet(measures: [Double], expected: Double) throws {
        var mood = Mood()
        for measure in measures { mood.observe(score: 0, unmet: measure, speaker: .customer, at: 1) }
        #expect(abs(try #require(mood.unmet) - expected) < 1e-12)
    }

    // MARK: Time in the red

    /// A mood at a level, whose latest turn was at a time.
    private func kept(now: Double, latest: Int64) throws -> Mood {
        let kept = """
            {"now": \(now), "lowest": \(now), "start": 0, "negativeStreak": 1, "customerTurns": 1, "scoredTurns": 1,
            "agentTurns": 0, "redMicroseconds": 7, "slow": 0, "held": 0, "latest": \(latest)}
            """
        return try JSONDecoder().decode(Mood.self, from: Data(kept.utf8))
    }

    @Test(
        "the time between two turns is red when the level before was below the bound",
        arguments: [(-0.35, 7), (-0.351, 3_007), (-0.349, 7), (0.2, 7), (-1, 3_007)] as [(Double, Int64)]
    )
    func red(level: Double, expected: Int64) throws {
        var mood = try kept(now: level, latest: 1_000)
        mood.observe(score: 1, speaker: .customer, at: 4_000)
        #expect(mood.redMicroseconds == expected)
    }

    @Test func `a turn that carries an earlier time takes no time away and adds none twice`() throws {
        var mood = try kept(now: -1, latest: 5_000)
        mood.observe(score: -1, speaker: .customer, at: 3_000)
        #expect(mood.redMicroseconds == 7)
        mood.observe(score: -1, speaker: .customer, at: 9_000)
        #expect(mood.redMicroseconds == 4_007)
    }

    @Test func `figures are shown to three decimals and read back only when they are complete`() {
        #expect(Mood.rounded(0.12349) == 0.123 && Mood.rounded(-0.0006) == -0.001)
        #expect(Mood.rounded(-0.0001).sign == .plus)
        let figures = MoodFigures(mood([-1, -1]))
        #expect(figures.now == -0.627 || figures.now == -0.626)
        #expect(MoodFigures(figures.json) == figures)
        for member in ["now", "trend", "lowest", "negative_streak"] {
            var members = figures.json.object ?? [:]
            members[member] = nil
            #expect(MoodFigures(.object(members)) == nil)
        }
    }
}
