import Access
import AuditTrail
import DemoHistory
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import Testing
import Vocabulary

/// Short histories, written into folders of their own and read as an auditor would read them.
@Suite struct HistoryTests {
    /// The fire in the depot begins on the second day, an article about it comes on the fifth, another script on the ninth.
    private static func order(_ folder: URL, seed: UInt64 = 1, replaces: Bool = false) throws -> HistoryOrder {
        HistoryOrder(
            story: try Story.builtIn(),
            seed: seed,
            last: try #require(HistoryPeriod.day(named: "2026-03-17")),
            days: 10,
            contacts: 50,
            folder: folder,
            rules: Samples.rules,
            knowledge: Samples.knowledge,
            replaces: replaces
        )
    }

    private static func newFolder() -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("history-\(UUID().uuidString)")
    }

    /// One history that the tests which only read share.
    private static let shared = Task {
        let folder = newFolder()
        return (folder: folder, report: try await order(folder).write())
    }

    private static let (from, to) = ("2026-03-08", "2026-03-18")

    private func calls(_ folder: URL) throws -> SubjectCalls { try SubjectCalls(DataFolder(folder)) }

    private func value(_ calls: SubjectCalls, _ measure: String, by: String? = nil) async throws -> [MeasuresValues.Row]
    {
        let params = MeasuresValues.Params(
            measure: measure,
            from: try #require(DayOrTime(Self.from)),
            to: try #require(DayOrTime(Self.to)),
            by: by
        )
        return try await calls.call(MeasuresValues.self, params, as: .local).rows
    }

    @Test func `what was written is what the methods answer`() async throws {
        let (folder, report) = try await Self.shared.value
        let calls = try calls(folder)
        #expect(report.contacts == 50)
        #expect(report.turns > 150 && report.sessions > 5 && report.searches > 5)

        let contacts = try await value(calls, "contacts")
        #expect(contacts.map(\.value) == [50])
        let days = try await value(calls, "contacts", by: "day")
        #expect(days.compactMap(\.value).reduce(0, +) == 50)
        let handleTime = try #require(try await value(calls, "handle_time").first)
        let seconds = try #require(handleTime.value)
        #expect(handleTime.n == 50 && (60...3_000).contains(seconds))
        let adherence = try #require(try await value(calls, "adherence").first)
        #expect(adherence.n > 0)

        let moments = (
            try #require(Timestamp("\(Self.from)T00:00:00Z")), try #require(Timestamp("\(Self.to)T00:00:00Z"))
        )
        let summary = try await calls.call(ReportSummary.self, .init(from: moments.0, to: moments.1), as: .local)
        let row = try #require(summary.rows.first)
        #expect(row.contacts == 50 && row.searches == report.searches)
        #expect(row.alerts.values.reduce(0, +) == report.alerts)
        #expect(row.resolved + row.unresolved == 50)
    }

    @Test func `every contact is closed, and has what was planned to be said`() async throws {
        let (folder, report) = try await Self.shared.value
        let calls = try calls(folder)
        let planned = Samples.contacts(try Self.order(folder).plan()).map(\.contact)
        var turns = 0
        for contact in planned {
            let found = try await calls.call(ConversationGet.self, .init(conversationId: contact.id), as: .local)
            #expect(found.header.status == .closed)
            #expect(found.header.locale == contact.locale)
            turns += found.turnCount
        }
        #expect(turns == report.turns && turns == planned.map(\.turns.count).reduce(0, +))
    }

    @Test func `figures agree with the record, and the record with the audit log`() async throws {
        let (folder, _) = try await Self.shared.value
        let measures = LocalMeasures(try DataFolder(folder))
        let first = try #require(HistoryPeriod.day(named: Self.from))
        for day in first..<(first + 10) { #expect(try await measures.recount(day, isCheck: true).isEmpty) }
        let verified = try await calls(folder).call(AuditVerify.self, .init(), as: .local)
        #expect(verified.ok && verified.entries > 200)
        let store = try DataFolder(folder).store
        try await store.checkIntegrity()
        #expect(store.damage == nil)
    }

    @Test func `scripts and articles have changed on their days`() async throws {
        let (folder, _) = try await Self.shared.value
        let calls = try calls(folder)
        let scripts = try await calls.call(ScriptList.self, .init(), as: .local).scripts
        #expect(scripts.first { $0.scriptId == "late-delivery" }?.version == 2)
        #expect(scripts.first { $0.scriptId == "billing-dispute" }?.version == 1)
        let article = try await calls.call(KnowledgeGet.self, .init(articleId: "depot-fire-parcels"), as: .local)
        #expect(article.updatedAt.description.hasPrefix("2026-03-12"))
    }

    @Test func `the store says that it is demonstration data, and knows its people`() async throws {
        let (folder, _) = try await Self.shared.value
        let data = try DataFolder(folder)
        let info = try await calls(folder).call(ServerInfo.self, .init(), as: .local)
        let mark = try #require(info.demonstration)
        #expect(
            (mark.company, mark.from, mark.to, mark.contacts, mark.complete) == (
                "Ohmstead", Self.from, "2026-03-17", 50, true
            )
        )
        #expect(data.demonstration?.seed == 1)
        let people = Set(try await data.tokens.list().map(\.principal.subject))
        #expect(people.isSuperset(of: try Self.order(folder).plan().roster.people.map(\.subject)))
    }

    @Test func `the same order writes the same history, another seed another one`() async throws {
        let (_, report) = try await Self.shared.value
        let again = Self.newFolder()
        #expect(try await Self.order(again).write() == report)
        #expect(try await content(again) == content(Self.shared.value.folder))
        let other = Self.newFolder()
        #expect(try await Self.order(other, seed: 2).write().fingerprint != report.fingerprint)
    }

    /// What the methods tell of conversations and alerts, as text.
    private func content(_ folder: URL) async throws -> [String] {
        let calls = try calls(folder)
        let contacts = try await calls.call(ConversationList.self, .init(limit: 100), as: .local).conversations
        let alerts = try await calls.call(AlertsList.self, .init(limit: 100), as: .local).alerts
        // Ids of resolutions follow from a secret of each store.
        return try (contacts.map { try "\(JSONEncoding.encode($0))" } + alerts.map { try "\(JSONEncoding.encode($0))" })
            .map { $0.replacing(#/res-[0-9a-f]+/#, with: "res") }
    }

    @Test func `a folder with other data is refused and stays as it is`() async throws {
        let folder = Self.newFolder()
        let data = try DataFolder(folder)
        var generator = SystemRandomNumberGenerator()
        _ = try await data.tokens.create(
            subject: "anna",
            roles: [.agent],
            by: "test",
            now: data.now(),
            using: &generator
        )
        try data.store.close()
        for replaces in [false, true] {
            let error = try await #require(throws: DemonstrationError.self) {
                try await Self.order(folder, replaces: replaces).write()
            }
            #expect(error.message.contains("has other data"))
        }
        let after = try DataFolder(folder)
        #expect(after.demonstration == nil)
        #expect(try await after.tokens.list().map(\.principal.subject) == ["anna"])
    }

    @Test func `a history that was broken off is told, and replaced only when that is asked for`() async throws {
        let folder = Self.newFolder()
        let mark = Demonstration(company: "Ohmstead", seed: 9, first: "2026-01-01", last: "2026-01-02", contacts: 5)
        let broken = try await DemonstrationFolder.open(folder, replacing: false, for: mark, now: { 1_000_000 })
        try broken.store.close()
        #expect(try DataFolder(folder).demonstration?.isComplete == false)
        let error = try await #require(throws: DemonstrationError.self) { try await Self.order(folder).write() }
        #expect(error.message.contains("broken off") && error.message.contains("--replace"))
        let kept = folder.appendingPathComponent("notes.txt")
        try Data("mine".utf8).write(to: kept)
        let report = try await Self.order(folder, replaces: true).write()
        #expect(report.contacts == 50)
        #expect(try DataFolder(folder).demonstration?.isComplete == true)
        #expect(FileManager.default.fileExists(atPath: kept.path))
    }

    @Test func `a story that does not fit the rules is refused`() async throws {
        let source = try String(
            contentsOf: Samples.repository.appendingPathComponent("demo/ohmstead.yaml"),
            encoding: .utf8
        )
        var order = try Self.order(Self.newFolder())
        order.story = try Story(
            yaml: source.replacing("id: warranty-claim", with: "id: no-such-script"),
            file: "story.yaml"
        )
        let error = try await #require(throws: HistoryError.self) { try await order.write() }
        #expect(error.message.contains("no-such-script"))
    }
}
