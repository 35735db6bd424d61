import Access
import AuditTrail
import Foundation
import Knowledge
import Storage
import Testing
import Vocabulary

/// What searches learn from the use of articles.
@Suite struct PrecedentTests {
    /// Three articles that are equally near to a late parcel, and one about something else.
    private static func desk() async throws -> MeaningDesk {
        let desk = try MeaningDesk()
        try await desk.publish(
            article("a", "Late parcel") + article("b", "Late parcel") + article("c", "Late parcel")
                + article("z", "Invoice")
        )
        return desk
    }

    private static let (anna, ben) = (MeaningDesk.principal("anna"), MeaningDesk.principal("ben"))
    private static let words = "tardy package"

    private func ids(_ desk: MeaningDesk, _ mode: SearchMode, _ query: String = words) throws -> [String] {
        try desk.found(query, mode).map(\.id)
    }

    @Test(arguments: [SearchMode.hybrid, .meaning])
    func `what several people used after such words comes first, and says why`(mode: SearchMode) async throws {
        let desk = try await Self.desk()
        #expect(try ids(desk, mode).prefix(3) == ["a", "b", "c"])
        let before = try desk.found(Self.words, mode)
        try await desk.use("c", after: "overdue box", by: Self.anna)
        #expect(try desk.found(Self.words, mode) == before, "one person moves nothing")
        try await desk.use("c", after: "overdue delivery", by: Self.ben)
        let after = try desk.found(Self.words, mode)
        #expect(after.prefix(3).map(\.id) == ["c", "a", "b"])
        #expect(after.first?.use == UseEvidence(strength: 0.5, times: 2, people: 2))
        let rules = LearningRules()
        let lift = mode == .hybrid ? rules.searchLift : rules.similarityLift
        #expect(abs((after.first?.shares?.use ?? 0) - lift / 2) < 1e-9)
        #expect(after.dropFirst().allSatisfy { $0.use == nil && $0.shares?.use == 0 })
        // Other words are not concerned.
        #expect(try desk.found("invoice", mode).allSatisfy { $0.use == nil })
        #expect(try desk.found(Self.words, .words) == [])
    }

    @Test func `an article that neither words nor meaning find is found when it was used after such words`()
        async throws
    {
        let desk = try await Self.desk()
        #expect(!(try ids(desk, .hybrid)).contains("z"))
        for user in [Self.anna, Self.ben] { try await desk.use("z", after: Self.words, by: user) }
        #expect(try ids(desk, .hybrid).contains("z"))
        #expect(try ids(desk, .hybrid).first == "a", "what is right by its words stays before it")
    }

    @Test func `subjects of one person are one`() async throws {
        let desk = try await Self.desk()
        for subject in ["anna", "anna-mobile", "anna-test"] {
            let user = MeaningDesk.principal(subject, [.agent], ["person": .one("p1")])
            try await desk.use("c", after: Self.words, by: user)
        }
        #expect(try ids(desk, .meaning).first == "a")
        try await desk.use("c", after: Self.words, by: Self.ben)
        #expect(try ids(desk, .meaning).first == "c")
    }

    @Test func `an integration reports for the agent of the conversation`() async throws {
        let desk = try await Self.desk()
        let desktop = MeaningDesk.principal("desktop", [.integration])
        for agent in ["anna", "ben"] {
            let draft = desk.index.precedent(after: [.init(Self.words, locale: "en")], by: desktop, for: agent)
            let (now, feedback) = (desk.now, ArticleFeedback(verdict: .used, precedent: draft))
            try await desk.store.write { transaction in
                try KnowledgeBase.learn(
                    from: feedback,
                    on: ArticleKey(id: "c", locale: "en"),
                    now: now,
                    in: transaction
                )
            }
        }
        try await desk.learn()
        #expect(try desk.found(Self.words, .meaning).first?.use?.people == 2)
    }

    @Test func `the same words count once a day for a person, and a day has a bound`() async throws {
        let desk = try await Self.desk()
        var rules = LearningRules()
        rules.perPersonAndDay = 3
        desk.index.setLearningRules(rules)
        for _ in 0..<5 { try await desk.note("c", after: Self.words, by: Self.anna) }
        #expect(try await desk.stored() == ["tardy package c 1 0"])
        desk.now += MeaningDesk.day
        for _ in 0..<5 { try await desk.note("c", after: Self.words, by: Self.anna) }
        #expect(try await desk.stored() == ["tardy package c 2 0"])
        for number in 0..<9 { try await desk.note("c", after: "word\(number)", by: Self.anna) }
        #expect(try await desk.stored().count == 3)
        try await desk.note("c", after: "word", by: Self.ben)
        #expect(try await desk.stored().count == 4)
    }

    @Test func `what was opened and then used counts as used`() async throws {
        let desk = try await Self.desk()
        try await desk.note("c", after: Self.words, by: Self.anna, .opened)
        try await desk.note("c", after: Self.words, by: Self.anna, .opened)
        try await desk.note("c", after: Self.words, by: Self.anna, .helpful)
        #expect(try await desk.stored() == ["tardy package c 1 1"])
        try await desk.note("c", after: Self.words, by: Self.anna, .shown)
        #expect(try await desk.stored() == ["tardy package c 1 1"])
    }

    @Test(arguments: [ArticleVerdict.wrong, .outdated, .notHelpful])
    func `a complaint takes back the own use after the same words`(verdict: ArticleVerdict) async throws {
        let desk = try await Self.desk()
        for user in [Self.anna, Self.ben] { try await desk.use("c", after: Self.words, by: user) }
        try await desk.use("c", after: "other words", by: Self.anna, verdict)
        #expect(try ids(desk, .meaning).first == "c")
        try await desk.use("c", after: Self.words, by: Self.anna, verdict)
        #expect(try ids(desk, .meaning).first == "a")
        #expect(try await desk.neighbours(of: Self.words).map(\.used) == [1])
    }

    @Test func `words are redacted, bounded and in a language of the encoder`() async throws {
        let desk = try await Self.desk()
        try await desk.note("c", after: "card 4111 1111 1111 1111 does not work", by: Self.anna)
        try await desk.note("c", after: "Wo ist mein Paket?", by: Self.anna, locale: "de")
        try await desk.note("c", after: "Yes please.", by: Self.anna)
        try await desk.note("c", after: String(repeating: "parcel ", count: 1_000), by: Self.anna)
        let stored = try await desk.stored()
        #expect(stored.count == 2 && !stored[0].contains("4111") && stored[0].contains("does not work"))
        #expect(stored[1].count < 520)
        let persons = try await desk.store.read {
            try $0.rows("SELECT person FROM precedents") { try $0.text("person") }
        }
        #expect(Set(persons).count == 1 && !persons.joined().contains("anna"))
    }

    @Test func `nothing is recorded without an encoder`() async throws {
        let desk = try await Self.desk()
        let plain = try KnowledgeIndex(store: desk.store, savedPath: nil)
        #expect(plain.precedent(after: [.init(Self.words, locale: "en")], by: Self.anna) == nil)
        #expect(plain.learning == nil)
        await #expect(throws: KnowledgeError.self) {
            try await plain.neighbours(
                of: Self.words,
                limit: 1,
                locale: "en",
                visibility: ArticleVisibility(of: Self.anna),
                now: desk.now
            )
        }
    }

    @Test func `use grows old, and is deleted when it is too old`() async throws {
        let desk = try await Self.desk()
        for user in [Self.anna, Self.ben] { try await desk.use("c", after: Self.words, by: user) }
        func strength() throws -> Double { try desk.found(Self.words, .meaning).first?.use?.strength ?? 0 }
        #expect(try strength() == 0.5)
        desk.now += 90 * MeaningDesk.day
        #expect(try strength() == 0.25)
        #expect(try await desk.knowledge.sweepPrecedents(LearningRules(), now: desk.now) == 0)
        desk.now += 276 * MeaningDesk.day
        #expect(try ids(desk, .meaning).first == "a")
        #expect(try await desk.knowledge.sweepPrecedents(LearningRules(), now: desk.now) == 2)
        try await desk.learn()
        #expect(desk.index.learning?.encoded == 0)
    }

    @Test func `when there is not room for all, the oldest of those who reported most go`() async throws {
        let desk = try await Self.desk()
        for number in 0..<12 {
            desk.now += 1_000
            try await desk.note("c", after: "word\(number)", by: Self.anna)
        }
        for number in 0..<3 { try await desk.note("c", after: "rare\(number)", by: Self.ben) }
        var rules = LearningRules()
        rules.capacity = 8
        #expect(try await desk.knowledge.sweepPrecedents(rules, now: desk.now) == 7)
        #expect(
            try await desk.stored().map { String($0.prefix(6)) } == [
                "word7 ", "word8 ", "word9 ", "word10", "word11", "rare0 ", "rare1 ", "rare2 ",
            ]
        )
        rules.perPerson = 2
        #expect(try await desk.knowledge.sweepPrecedents(rules, now: desk.now) == 4)
        try await desk.learn()
        #expect(desk.index.learning?.encoded == 4)
    }

    @Test func `another program starts with what was learned, and another model encodes the words anew`() async throws {
        let desk = try await Self.desk()
        for user in [Self.anna, Self.ben] { try await desk.use("c", after: Self.words, by: user) }
        try desk.reopen()
        #expect(desk.index.learning?.encoded == 2 && desk.index.learning?.waiting == 0)
        let other = SmallEncoder(identity: "other", seed: 5)
        try desk.reopen(other)
        #expect(desk.index.learning?.encoded == 0 && desk.index.learning?.waiting == 2)
        try await desk.embed()
        #expect(try ids(desk, .meaning).first == "a")
        try await desk.learn()
        #expect(try ids(desk, .meaning).first == "c")
        #expect(other.asked.count { $0 == Self.words } == 3, "twice for the precedents, once for the queries")
    }

    @Test func `what another process records and deletes is noticed`() async throws {
        let desk = try await Self.desk()
        let first = desk.index
        try desk.reopen()
        try await desk.embed()
        for user in [Self.anna, Self.ben] { try await desk.use("c", after: Self.words, by: user, conversation: "c1") }
        try await first.catchUp()
        #expect(first.learning?.encoded == 2)
        try await desk.use("b", after: Self.words, by: Self.anna)
        let deleted = try await desk.store.write { try KnowledgeBase.forgetPrecedents(ofConversation: "c1", in: $0) }
        #expect(deleted == 2)
        try await first.catchUp()
        #expect(first.learning?.encoded == 1)
        try await desk.learn()
        #expect(try ids(desk, .meaning).first == "a")
    }

    @Test func `a rule of 0 switches the lift off`() async throws {
        let desk = try await Self.desk()
        let before = try desk.found(Self.words)
        for user in [Self.anna, Self.ben] { try await desk.use("c", after: Self.words, by: user) }
        var rules = LearningRules()
        rules.searchLift = 0
        desk.index.setLearningRules(rules)
        #expect(try desk.found(Self.words) == before)
    }

    @Test func `neighbours are the words recorded, closest first, one for equal words`() async throws {
        let desk = try await Self.desk()
        try await desk.use("c", after: "late parcel refund", by: Self.anna)
        try await desk.use("c", after: "late parcel", by: Self.anna)
        try await desk.use("c", after: "late parcel", by: Self.ben)
        try await desk.use("z", after: "late parcel", by: Self.ben, .opened)
        let found = try await desk.neighbours(of: "overdue delivery")
        #expect(
            found.map { "\($0.text)>\($0.key.id) \($0.used) \($0.opened)" } == [
                "late parcel>c 2 0", "late parcel>z 0 1", "late parcel refund>c 1 0",
            ]
        )
        #expect(found[0].similarity > 0.99 && found[2].similarity < 0.95)
        #expect(try await desk.neighbours(of: "overdue delivery", limit: 1).map(\.used) == [2])
    }

    @Test func `an article that is retired lifts nothing, and its words are not shown`() async throws {
        let desk = try await Self.desk()
        for user in [Self.anna, Self.ben] { try await desk.use("c", after: Self.words, by: user) }
        _ = try await desk.knowledge.setStatus(
            .retired,
            of: ArticleKey(id: "c", locale: "en"),
            reason: nil,
            by: "test",
            now: desk.now
        )
        try await desk.index.catchUp()
        #expect(try ids(desk, .meaning).prefix(2) == ["a", "b"])
        #expect(try await desk.neighbours(of: Self.words).isEmpty)
    }
}
