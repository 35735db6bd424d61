import Access
import Foundation
import Knowledge
import Storage
import Testing
import Vocabulary

/// Groups of searches and comments, with an encoder that knows a few words of the same meaning.
@Suite struct TextGroupTests {
    private static func texts(_ texts: [String], locale: String = "en") -> [GroupedText] {
        texts.map { GroupedText($0, locale: locale) }
    }

    private static func vectors(_ small: SmallEncoder = SmallEncoder()) -> GroupingVectors {
        GroupingVectors(small.encoder, threads: InlineThreads(count: 1))
    }

    private static let said = [
        "parcel late", "package overdue", "tardy delivery", "parcel late", "cash for vouchers", "money for vouchers",
        "opening hours", "box late",
    ]

    /// What a group is, whatever the positions of its members.
    private struct Told: Hashable {
        let examples: [String]
        let members: [String]
        let terms: [String]
    }

    private static func told(_ groups: [TextGroup], _ texts: [GroupedText]) -> Set<Told> {
        Set(
            groups.map { group in
                Told(
                    examples: group.examples,
                    members: group.members.map { texts[$0].text }.sorted(),
                    terms: group.terms
                )
            }
        )
    }

    @Test func `texts that mean the same are one group, named by the most central one`() async throws {
        let texts = Self.texts(Self.said)
        let groups = await TextGroups.groups(of: texts, by: Self.vectors())
        let late = try #require(groups.first { $0.members.contains(0) })
        #expect(late.members == [0, 1, 2, 3, 7])
        // Said twice, so it stands for most of them.
        #expect(late.examples.first == "parcel late")
        #expect(Set(late.examples) == ["parcel late", "package overdue", "tardy delivery", "box late"])
        #expect(late.terms.isEmpty && late.grouping == .meaning)
        let vouchers = try #require(groups.first { $0.members.contains(4) })
        #expect(vouchers.members == [4, 5] && vouchers.terms == ["vouchers"])
        #expect(groups.count == 3)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `groups and names do not depend on the order of the texts`(_ seed: UInt64) async {
        let vectors = Self.vectors()
        let texts = Self.texts(Self.said + ["refund", "money", "repay vouchers", "hours", "late refund"])
        let expected = Self.told(await TextGroups.groups(of: texts, by: vectors), texts)
        var random = seed
        let shuffled = texts.map { text -> (UInt64, GroupedText) in
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (random, text)
        }.sorted { $0.0 < $1.0 }.map(\.1)
        #expect(Self.told(await TextGroups.groups(of: shuffled, by: vectors), shuffled) == expected)
    }

    @Test func `without a model, texts that share most words are one group, named by the most frequent`() async {
        let texts = Self.texts(["food for a quokka", "quokka food", "quokka food", "parcel late", "package late"])
        let groups = await TextGroups.groups(of: texts, by: nil)
        #expect(groups.map(\.members) == [[0, 1, 2], [3], [4]])
        #expect(groups[0].examples == ["quokka food", "food for a quokka"] && groups[0].terms == ["food", "quokka"])
        #expect(groups.allSatisfy { $0.grouping == .words })
    }

    @Test func `texts in languages that the model does not understand are grouped by words`() async {
        let texts = Self.texts(["parcel late", "package late"]) + Self.texts(["paket verspätet"], locale: "de-AT")
        let groups = await TextGroups.groups(of: texts, by: Self.vectors())
        #expect(Set(groups.map(\.members)) == [[0, 1], [2]])
        #expect(groups.first { $0.members == [2] }?.grouping == .words)
    }

    @Test func `while many have no vectors all are grouped by words, and a few are encoded at once`() async {
        let vectors = Self.vectors()
        let many = Self.texts((0..<300).map { "parcel \($0)" })
        #expect(await TextGroups.groups(of: many, by: vectors).allSatisfy { $0.grouping == .words })
        #expect(vectors.count == 0)
        await vectors.encode(many.prefix(100).map(\.text))
        #expect(vectors.count == 100)
        #expect(await TextGroups.groups(of: many, by: vectors).allSatisfy { $0.grouping == .meaning })
        #expect(vectors.count == 300)
    }

    @Test func `texts are encoded once, those of recent searches never, and what is gone is dropped`() async {
        let small = SmallEncoder()
        let vectors = GroupingVectors(small.encoder, threads: InlineThreads(count: 1)) { text in
            text == "parcel" ? Array(repeating: 1, count: SmallEncoder.dimension) : nil
        }
        await vectors.encode(["parcel", "package", "package"])
        await vectors.encode(["package", "parcel"])
        #expect(small.asked == ["package"])
        vectors.retain(["parcel"])
        #expect(vectors.count == 1)
        await vectors.encode(["package"])
        #expect(small.asked == ["package", "package"])
    }

    @Test func `of too many different texts the later ones are left out`() async {
        let texts = Self.texts(["parcel late", "opening hours", "package overdue", "vouchers", "parcel late"])
        let groups = await TextGroups.groups(of: texts, by: Self.vectors(), atMost: 2)
        #expect(Set(groups.map(\.members)) == [[0, 4], [1]])
    }
}

/// Gaps and complaints from a store.
@Suite struct LearningGroupTests {
    private func search(
        _ query: String,
        by subject: String,
        hits: Int = 0,
        at: Int64,
        locale: String = "en",
        _ log: SearchLog
    ) {
        log.note(
            .init(
                queryID: "q\(at)",
                at: at,
                locale: locale,
                query: query,
                hits: hits,
                subject: subject,
                conversationID: nil
            )
        )
    }

    @Test func `a gap has a name, examples, and counts of searches and of people`() async throws {
        let desk = try MeaningDesk()
        let vectors = GroupingVectors(desk.small.encoder, threads: InlineThreads(count: 1))
        let log = SearchLog(store: desk.store)
        search("parcel late", by: "ann", at: 1, log)
        search("package overdue", by: "ben", hits: 2, at: 2, log)
        search("tardy box", by: "ann", at: 3, log)
        search("parcel late", by: "ann", at: 4, log)
        search("cash", by: "ann", hits: 1, at: 5, log)
        search("too early", by: "ann", at: 0, log)
        try await log.flush()
        let gaps = try await desk.knowledge.gaps(since: 1, limit: 10, by: vectors)
        #expect(gaps.map(\.name) == ["parcel late", "cash"])
        let first = try #require(gaps.first)
        #expect(first.queries == 4 && first.zeroResults == 3 && first.noUse == 1 && first.people == 2)
        #expect(first.example == "parcel late" && first.lastAt == 4 && first.grouping == .meaning)
        #expect(Set(first.examples) == ["parcel late", "package overdue", "tardy box"])
        #expect(try await desk.knowledge.gaps(since: 1, limit: 1, by: vectors).count == 1)
        let byWords = try await desk.knowledge.gaps(since: 1, limit: 10)
        #expect(byWords.count == 4 && byWords.allSatisfy { $0.grouping == .words })
    }

    @Test func `one gap has five examples at most, each in another wording`() async throws {
        let desk = try MeaningDesk()
        let vectors = GroupingVectors(desk.small.encoder, threads: InlineThreads(count: 1))
        let log = SearchLog(store: desk.store)
        let said = ["parcel late", "Parcel LATE!", "late parcel", "box late", "late box", "late package", "tardy box"]
        for (at, query) in said.enumerated() { search(query, by: "ann", at: Int64(at), log) }
        try await log.flush()
        let gap = try #require(try await desk.knowledge.gaps(since: 0, limit: 10, by: vectors).first)
        #expect(gap.queries == 7 && gap.examples.count == 5)
        #expect(!gap.examples.contains("parcel late") || !gap.examples.contains("Parcel LATE!"))
    }

    @Test func `comments that say the same on several articles are one group of complaints`() async throws {
        let desk = try MeaningDesk()
        let vectors = GroupingVectors(desk.small.encoder, threads: InlineThreads(count: 1))
        try await desk.put(article("a", "One") + article("b", "Two") + article("c", "Three"))
        let all = ArticleVisibility(of: .init(subject: "ann", roles: [.agent]))
        func complain(_ comment: String, on id: String, by subject: String) async throws {
            try await desk.knowledge.give(
                ArticleFeedback(verdict: .wrong, comment: comment),
                on: id,
                locales: ["en"],
                by: subject,
                visibility: all,
                now: desk.now
            )
        }
        try await complain("money overdue", on: "a", by: "ann")
        try await complain("refund late", on: "b", by: "ben")
        try await complain("cash tardy", on: "b", by: "cleo")
        try await complain("opening hours", on: "c", by: "ann")
        let groups = try await desk.knowledge.complaintGroups(isOpen: true, limit: 10, by: vectors)
        #expect(groups.count == 1)
        let group = try #require(groups.first)
        #expect(group.comments == 3 && group.articles == 2 && Set(group.issues) == ["iss_1", "iss_2"])
        #expect(Set(group.examples) == ["money overdue", "refund late", "cash tardy"] && group.grouping == .meaning)
        #expect(try await desk.knowledge.complaintGroups(isOpen: true, limit: 10).isEmpty)
        #expect(try await desk.knowledge.complaintGroups(isOpen: false, limit: 10, by: vectors).isEmpty)
        let texts = try await desk.knowledge.groupedTexts(since: 0, by: vectors)
        #expect(Set(texts) == ["money overdue", "refund late", "cash tardy", "opening hours"])
    }
}
