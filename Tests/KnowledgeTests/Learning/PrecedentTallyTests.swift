import Foundation
import Knowledge
import Testing

/// The vote of precedents, compared with a slow and obvious one.
@Suite struct PrecedentTallyTests {
    private static let day: Int64 = 86_400_000_000
    private static let now: Int64 = 1_795_000_000_000_000

    private static func precedent(
        _ article: Int,
        by person: Int32,
        _ similarity: Double = 0.9,
        days: Int64 = 0,
        uses: Int = 1,
        opens: Int = 0
    ) -> PrecedentTally.Precedent {
        .init(
            article: article,
            person: person,
            similarity: similarity,
            at: now - days * day,
            uses: uses,
            opens: opens
        )
    }

    private func evidence(
        _ precedents: [PrecedentTally.Precedent],
        _ rules: LearningRules = LearningRules()
    ) -> [Int: UseEvidence] {
        PrecedentTally(rules: rules, now: Self.now).evidence(of: precedents)
    }

    @Test func `one person moves nothing, however much is reported`() {
        let much = (0..<1_000).map { Self.precedent($0 % 3, by: 7, days: Int64($0 % 30), uses: 50) }
        #expect(evidence(much).isEmpty)
    }

    @Test func `people count once for an article, and several bring the full lift`() {
        func strength(_ people: Int32) -> Double {
            let uses = (0..<people).flatMap { person in (0..<5).map { _ in Self.precedent(1, by: person) } }
            return evidence(uses)[1]?.strength ?? 0
        }
        #expect((1...6).map(strength) == [0, 0.5, 0.75, 1, 1, 1])
        let found = evidence([Self.precedent(1, by: 1, uses: 3), Self.precedent(1, by: 2)])[1]
        #expect(found == UseEvidence(strength: 0.5, times: 4, people: 2))
    }

    @Test func `words count by their similarity, from one bound to the other`() {
        for (similarity, expected) in [(0.6, 0.0), (0.725, 0.25), (0.85, 0.5), (1, 0.5), (-1, 0)] {
            let found = evidence([Self.precedent(1, by: 1, similarity), Self.precedent(1, by: 2, similarity)])
            #expect(abs((found[1]?.strength ?? 0) - expected) < 1e-9)
        }
    }

    @Test func `evidence halves in its half-life, and ends`() {
        for (days, expected) in [(0, 0.5), (90, 0.25), (180, 0.125), (365, 0.5 * exp2(-365.0 / 90)), (366, 0)] {
            let found = evidence([
                Self.precedent(1, by: 1, days: Int64(days)), Self.precedent(1, by: 2, days: Int64(days)),
            ])
            #expect(abs((found[1]?.strength ?? 0) - expected) < 1e-9)
        }
        // A clock that was set back makes nothing count for more.
        #expect(evidence([Self.precedent(1, by: 1, days: -50), Self.precedent(1, by: 2)])[1]?.strength == 0.5)
    }

    @Test func `who only opened an article adds a little, and does not count among the people`() {
        let opened = (0..<9).map { Self.precedent(1, by: $0, uses: 0, opens: 4) }
        #expect(evidence(opened).isEmpty)
        let found = evidence(opened + [Self.precedent(1, by: 20), Self.precedent(1, by: 21)])[1]
        #expect(found == UseEvidence(strength: 1, times: 2, people: 2))
    }

    @Test func `an article that few used beside one that many used is not lifted`() {
        let many = (0..<8).map { Self.precedent(1, by: $0) }
        let few = (10..<12).map { Self.precedent(2, by: $0) }
        #expect(Set(evidence(many + few).keys) == [1])
        #expect(Set(evidence(Array(many.prefix(4)) + few).keys) == [1, 2])
    }

    // MARK: - An oracle

    /// The same, said in the simplest way.
    private func slow(_ precedents: [PrecedentTally.Precedent], _ rules: LearningRules) -> [Int: UseEvidence] {
        func weight(_ one: PrecedentTally.Precedent) -> Double {
            let age = Double(max(0, Self.now - one.at)) / Double(Self.day)
            guard age <= rules.maximumAgeDays, one.similarity > rules.similarFrom, one.uses + one.opens > 0 else {
                return 0
            }
            let span = (one.similarity - rules.similarFrom) / (rules.similarFully - rules.similarFrom)
            return (one.uses > 0 ? 1 : rules.openedWeight) * min(1, span) * pow(0.5, age / rules.halfLifeDays)
        }
        let counted = precedents.filter { weight($0) > 0 }
        func sum(_ article: Int) -> Double {
            let people = Set(counted.filter { $0.article == article }.map(\.person))
            return people.reduce(0) { sum, person in
                sum + (counted.filter { $0.article == article && $0.person == person }.map(weight).max() ?? 0)
            }
        }
        let articles = Set(counted.map(\.article))
        let most = articles.map(sum).max() ?? 0
        var result: [Int: UseEvidence] = [:]
        for article in articles {
            let own = counted.filter { $0.article == article }
            let users = Set(own.filter { $0.uses > 0 }.map(\.person))
            guard users.count >= rules.people, sum(article) >= rules.leastShare * most - 1e-12 else { continue }
            result[article] = UseEvidence(
                strength: min(1, sum(article) / rules.peopleForFullLift),
                times: own.reduce(0) { $0 + $1.uses },
                people: users.count
            )
        }
        return result
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `the vote is that of the oracle, in any order`(seed: UInt64) {
        var random = Generator(state: seed)
        var rules = LearningRules()
        rules.people = Int.random(in: 2...4, using: &random)
        rules.leastShare = Double.random(in: 0...1, using: &random)
        rules.openedWeight = Double.random(in: 0...1, using: &random)
        let precedents = (0..<Int.random(in: 0...120, using: &random)).map { _ in
            Self.precedent(
                Int.random(in: 0..<5, using: &random),
                by: Int32.random(in: 0..<9, using: &random),
                Double.random(in: 0.4...1, using: &random),
                days: Int64.random(in: -3...400, using: &random),
                uses: Int.random(in: 0...3, using: &random),
                opens: Int.random(in: 0...2, using: &random)
            )
        }
        let found = evidence(precedents, rules)
        let expected = slow(precedents, rules)
        #expect(Set(found.keys) == Set(expected.keys))
        for (article, evidence) in found {
            #expect(abs(evidence.strength - (expected[article]?.strength ?? -1)) < 1e-9)
            #expect(evidence.times == expected[article]?.times && evidence.people == expected[article]?.people)
            #expect((0...1).contains(evidence.strength))
        }
        #expect(evidence(precedents.shuffled(using: &random), rules) == found)
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    // MARK: - Shares

    @Test func `who reports little keeps it when there is not room for all`() {
        #expect(PrecedentShares.most(of: [5, 5, 90], capacity: 100) == 90)
        #expect(PrecedentShares.most(of: [5, 5, 90], capacity: 50) == 40)
        #expect(PrecedentShares.most(of: [5, 60, 90], capacity: 45) == 20)
        #expect(PrecedentShares.most(of: [], capacity: 45) == 0)
        for capacity in 0..<60 {
            for counts in [[1, 2, 3, 40], [7, 7, 7], [20], [0, 9, 30]] {
                let most = PrecedentShares.most(of: counts, capacity: capacity)
                #expect(counts.map { min($0, most) }.reduce(0, +) <= max(capacity, 0))
                let more = counts.map { min($0, most + 1) }.reduce(0, +)
                #expect(more > capacity || most == counts.max())
            }
        }
    }
}
