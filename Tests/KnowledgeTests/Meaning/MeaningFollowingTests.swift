import Access
import AuditTrail
import Foundation
import Knowledge
import Storage
import Testing
import TextSearch
import Vocabulary

/// The index of meaning follows the store.
@Suite struct MeaningFollowingTests {
    @Test func `an article is found by its meaning once it is embedded, and by its words before`() async throws {
        let desk = try MeaningDesk()
        try await desk.put(article("a", "Late parcel", "We refund."))
        try await desk.index.catchUp()
        let meaning = try #require(desk.index.meaning)
        #expect(!meaning.progress.isComplete && meaning.progress.embedded == 0)
        #expect(try desk.found("tardy package").isEmpty)
        #expect(try desk.found("parcel").map(\.id) == ["a"])
        #expect(try desk.found("parcel").first?.similarity == nil)
        try await desk.embed()
        #expect(meaning.progress.isComplete && meaning.progress.embedded == 2 && meaning.progress.passages == 2)
        let hit = try #require(try desk.found("tardy package").first)
        #expect(
            hit.id == "a" && hit.version == 1 && hit.passage == "Late parcel" && hit.hit.title.text == "Late parcel"
        )
        #expect(try #require(hit.similarity) > 0.99)
    }

    @Test func `what the store has lost by going back is found no more, and what comes then is found`() async throws {
        let desk = try MeaningDesk()
        try await desk.store.write { _ = try Store.beginEpoch(now: 1_795_000_000_000_000, in: $0) }
        try await desk.publish(article("a", "Late parcel") + article("b", "Overdue delivery"))
        try await desk.publish(article("c", "Cash"))
        // The store as it was before the second import.
        try await desk.store.write { transaction in
            try transaction.execute("DELETE FROM articles WHERE id = 'c'")
            try transaction.execute("DELETE FROM changes WHERE key LIKE 'c%'")
            try transaction.execute("UPDATE counters SET value = 2 WHERE name = 'changes'")
            _ = try Store.beginEpoch(isNew: true, now: 1_795_000_000_000_000, in: transaction)
        }
        #expect(try desk.found("cash", .words).map(\.id) == ["c"])
        try await desk.index.catchUp()
        #expect(try desk.found("cash", .words).isEmpty)
        #expect(try desk.found("parcel", .words).map(\.id) == ["a"])
        try await desk.publish(article("d", "Repay"))
        #expect(try desk.found("money", .meaning).first?.id == "d")
        #expect(desk.index.sequence > 1_000_000)
    }

    @Test func `a passage that one server has encoded another one takes from the store`() async throws {
        let (desk, second) = (try MeaningDesk(), SmallEncoder())
        let other = try KnowledgeIndex(store: desk.store, savedPath: nil, encoder: second.encoder)
        let threads = InlineThreads(count: 1)
        try await desk.put(article("a", "Late parcel") + article("b", "Overdue delivery"))
        try await other.catchUp()
        while try await other.embedNext(on: threads, encodes: false, now: desk.now) {}
        #expect(other.meaning?.progress.isComplete == false && second.encoded.isEmpty)
        try await desk.embed()
        while try await other.embedNext(on: threads, encodes: false, now: desk.now) {}
        #expect(other.meaning?.progress.isComplete == true)
        #expect(other.meaning?.progress.embedded == desk.index.meaning?.progress.embedded)
        #expect(second.encoded.isEmpty && !desk.small.encoded.isEmpty)
    }

    @Test func `vectors of a model that another server uses are kept`() async throws {
        let desk = try MeaningDesk()
        try await desk.publish(article("a", "Late parcel"))
        let other = SmallEncoder(identity: "other", seed: 2)
        let index = try KnowledgeIndex(store: desk.store, savedPath: nil, encoder: other.encoder)
        while try await index.embedNext(on: InlineThreads(count: 1), now: desk.now) {}
        let later = desk.now + 7_200_000_000
        #expect(try await desk.index.sweepVectors(sparing: ["other"], now: later) == 0)
        #expect(try await desk.index.sweepVectors(now: later) == 2)
    }

    @Test func `an article that is retired, and one that is restricted, is not found any more at once`() async throws {
        let desk = try MeaningDesk()
        try await desk.publish(article("a", "Late parcel") + article("b", "Overdue delivery"))
        #expect(Set(try desk.found("tardy package", .meaning).map(\.id)) == ["a", "b"])
        _ = try await desk.knowledge.setStatus(
            .retired,
            of: ArticleKey(id: "a", locale: "en"),
            reason: nil,
            by: "test",
            now: desk.now
        )
        try await desk.put(article("b", "Overdue delivery", "Text.", "restrict=\"team:vip\""))
        try await desk.index.catchUp()
        #expect(try desk.found("tardy package", .meaning).isEmpty)
        #expect(try desk.found("tardy package", .meaning, as: [.agent], ["team": .one("vip")]).isEmpty)
        try await desk.embed()
        #expect(try desk.found("tardy package", .meaning).isEmpty)
        #expect(try desk.found("tardy package", .meaning, as: [.agent], ["team": .one("vip")]).map(\.id) == ["b"])
    }

    @Test func `an article is found while it is valid`() async throws {
        let desk = try MeaningDesk()
        try await desk.publish(
            article("a", "Late parcel", "Text.", "valid-from=\"2027-01-01\" valid-until=\"2027-02-01\"")
                + article("b", "Overdue box", "Text.", "valid-until=\"2027-01-15\"")
        )
        func ids(_ day: String) throws -> Set<String> {
            let time = try #require(try? Date("\(day)T12:00:00Z", strategy: .iso8601))
            desk.now = Int64(time.timeIntervalSince1970) * 1_000_000
            return Set(try desk.found("tardy package", .meaning).map(\.id))
        }
        #expect(try ids("2026-12-01") == ["b"])
        #expect(try ids("2027-01-10") == ["a", "b"])
        #expect(try ids("2027-01-20") == ["a"])
        #expect(try ids("2027-02-02") == [])
        #expect(try ids("2026-12-31") == ["b"])
    }

    @Test func `a text is encoded once, in whichever articles and versions it stands`() async throws {
        let desk = try MeaningDesk()
        try await desk.publish(article("a", "Late parcel", "One.", keywords: ["same"]))
        #expect(Set(desk.small.encoded) == ["Late parcel", "same", "Late parcel One."])
        desk.small.forget()
        try await desk.publish(
            article("a", "Late parcel", "Two.", keywords: ["same"]) + article("b", "Other", "One.", keywords: ["same"])
        )
        #expect(Set(desk.small.encoded) == ["Late parcel Two.", "Other", "Other One."])
        #expect(Set(try desk.found("late parcel", .meaning).prefix(1).map(\.version)) == [2])
    }

    @Test func `a vote changes nothing of what an article means`() async throws {
        let desk = try MeaningDesk()
        try await desk.publish(article("a", "Late parcel"))
        try await desk.store.write { try Store.recordChanges(topic: "articles", keys: ["en/a"], in: $0) }
        try await desk.index.catchUp()
        #expect(desk.index.meaning?.progress.isComplete == true)
        #expect(try desk.found("tardy package", .meaning).map(\.id) == ["a"])
    }

    @Test func `articles in languages that the model does not understand are not encoded`() async throws {
        let desk = try MeaningDesk()
        try await desk.publish(
            article("a", "Spätes Paket", "Text.", "locale=\"de\"")
                + article("b", "Late parcel", "Text.", "locale=\"en-GB\"")
        )
        #expect(desk.small.encoded.allSatisfy { $0.hasPrefix("Late") })
        #expect(try desk.found("tardy package", .meaning).map(\.id) == ["b"])
    }

    @Test func `vectors that were stored are not made again, although the program ended before it saved the index`()
        async throws
    {
        let desk = try MeaningDesk()
        try await desk.publish((0..<30).map { article("a\($0)", "Parcel \($0)", "Text \($0).") }.joined())
        desk.small.forget()
        try desk.reopen()
        #expect(try desk.found("package 7", .meaning).isEmpty)
        try await desk.embed(threads: 3)
        #expect(desk.small.encoded.isEmpty)
        #expect(try desk.found("package 7", .meaning).first?.id == "a7")
    }

    @Test func `another model makes vectors of its own, and those of the first go when they are complete`() async throws
    {
        let desk = try MeaningDesk()
        try await desk.publish((0..<5).map { article("a\($0)", "Parcel \($0)", "Text \($0).") }.joined())
        let other = SmallEncoder(identity: "other", seed: 2)
        try desk.reopen(other)
        desk.now += 7_200_000_000
        #expect(try await desk.index.sweepVectors(now: desk.now) == nil, "not while vectors are missing")
        #expect(try desk.found("package").isEmpty)
        try await desk.embed()
        #expect(other.encoded.count == 10)
        #expect(try desk.found("package 3").first?.id == "a3")
        #expect(try await desk.index.sweepVectors(now: desk.now) == 10)
        try desk.reopen(other)
        other.forget()
        try await desk.embed()
        #expect(other.encoded.isEmpty)
    }

    @Test func `vectors of texts that no article has any more are deleted after an hour`() async throws {
        let desk = try MeaningDesk()
        try await desk.publish(article("a", "Late parcel", "One."))
        try await desk.publish(article("a", "Late parcel", "Two."))
        #expect(try await desk.index.sweepVectors(now: desk.now + 3_500_000_000) == 0)
        #expect(try await desk.index.sweepVectors(now: desk.now + 3_700_000_000) == 1)
        #expect(try await desk.index.sweepVectors(now: desk.now + 3_700_000_000) == 0)
    }
}
