import Access
import AuditTrail
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

@Suite struct KnowledgeMethodTests {
    private static func fails(_ code: Int) -> (any Error) -> Bool {
        { ($0 as? RPCError)?.code == code }
    }

    @Test func `an imported article is found, read, listed and has a history`() async throws {
        let desk = try Desk()
        let report = try await desk.importArticles(article("late", "Late parcel", "Refund the delivery charge."))
        #expect(report.read == 1 && report.created == 1 && report.failed == 0)
        let agent = try await desk.connection()
        let found = try await agent.call(KnowledgeSearch.self, .init(query: "late refund"))
        #expect(found.hits.map(\.articleId) == ["late"])
        let read = try await agent.call(KnowledgeGet.self, .init(articleId: "late"))
        #expect(
            read.title == "Late parcel" && read.sections[0].text == "Refund the delivery charge." && read.version == 1
        )
        #expect(try await agent.call(KnowledgeList.self, .init()).articles.map(\.articleId) == ["late"])
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        #expect(try await keeper.call(KnowledgeHistory.self, .init(articleId: "late")).versions.map(\.version) == [1])
    }

    @Test func `importing the same article again changes nothing, and a change makes a version`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "One") + article("b", "Two"))
        let again = try await desk.importArticles(article("a", "One") + article("b", "Two"))
        #expect(again.unchanged == 2 && again.created == 0 && again.updated == 0)
        let changed = try await desk.importArticles(article("a", "One") + article("b", "Three"))
        #expect(changed.unchanged == 1 && changed.updated == 1)
    }

    @Test func `a retired article stays retired when its file is imported again unchanged`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "Parcel"))
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let retired = try await keeper.call(KnowledgeRetire.self, .init(articleId: "a", reason: "wrong"))
        #expect(retired.status == .retired && retired.version == 2)
        try await desk.importArticles(article("a", "Parcel"))
        let agent = try await desk.connection()
        #expect(try await agent.call(KnowledgeSearch.self, .init(query: "parcel")).hits.isEmpty)
        await #expect(
            performing: { _ = try await agent.call(KnowledgeGet.self, .init(articleId: "a")) },
            throws: Self.fails(1003)
        )
        _ = try await keeper.call(KnowledgePublish.self, .init(articleId: "a"))
        #expect(try await agent.call(KnowledgeSearch.self, .init(query: "parcel")).hits.count == 1)
        await #expect(
            performing: { _ = try await keeper.call(KnowledgePublish.self, .init(articleId: "a")) },
            throws: Self.fails(1004)
        )
    }

    @Test func `restoring an earlier version makes it the newest`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "First"))
        try await desk.importArticles(article("a", "Second"))
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let restored = try await keeper.call(KnowledgeRestore.self, .init(articleId: "a", version: 1, reason: "better"))
        #expect(restored.version == 3)
        #expect(try await keeper.call(KnowledgeGet.self, .init(articleId: "a")).title == "First")
        #expect(try await keeper.call(KnowledgeGet.self, .init(articleId: "a", version: 2)).title == "Second")
        await #expect(
            performing: {
                _ = try await keeper.call(KnowledgeRestore.self, .init(articleId: "a", version: 9, reason: "x"))
            },
            throws: Self.fails(1003)
        )
    }

    @Test func `agents cannot read an earlier version that was a draft or is no longer valid`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "Draft", attributes: "status=\"draft\""))
        try await desk.importArticles(article("a", "Old", attributes: "valid-until=\"2020-01-01\""))
        try await desk.importArticles(article("a", "Now"))
        try await desk.importArticles(article("a", "Newer"))
        let agent = try await desk.connection()
        for version in 1...2 {
            await #expect(
                performing: { _ = try await agent.call(KnowledgeGet.self, .init(articleId: "a", version: version)) },
                throws: Self.fails(1003)
            )
        }
        #expect(try await agent.call(KnowledgeGet.self, .init(articleId: "a", version: 3)).title == "Now")
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        #expect(try await keeper.call(KnowledgeGet.self, .init(articleId: "a", version: 1)).title == "Draft")
    }

    @Test(arguments: ["ISO-8859-1", "UTF-16", "utf-8"])
    func `the encoding in the declaration of a string is ignored`(encoding: String) async throws {
        let desk = try Desk()
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let xml =
            "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>"
            + "<article xmlns=\"urn:frontline:knowledge:1\" id=\"a\"><title>Grüße aus dem Café</title></article>"
        #expect(try await keeper.call(KnowledgeImport.self, .init(xml: xml)).created == 1)
        #expect(try await keeper.call(KnowledgeGet.self, .init(articleId: "a")).title == "Grüße aus dem Café")
    }

    @Test func `an unexpected version is a conflict and changes nothing`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "First"))
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let xml = #"<article xmlns="urn:frontline:knowledge:1" id="a"><title>Mine</title></article>"#
        await #expect(
            performing: { _ = try await keeper.call(KnowledgeImport.self, .init(xml: xml, expectedVersion: 2)) },
            throws: Self.fails(1004)
        )
        #expect(try await keeper.call(KnowledgeGet.self, .init(articleId: "a")).title == "First")
        let taken = try await keeper.call(KnowledgeImport.self, .init(xml: xml, expectedVersion: 1))
        #expect(taken.updated == 1)
    }

    @Test func `an invalid record is reported with its line and the others are imported`() async throws {
        let desk = try Desk()
        let report = try await desk.importArticles(
            "\n" + article("a", "Good") + "\n" + article("b", "Bad", attributes: "status=\"odd\"") + "\n"
                + article("c", "Good")
        )
        #expect(report.created == 2 && report.failed == 1 && report.read == 3)
        #expect(report.failures.first?.record == "b" && report.failures.first?.line == 3)
    }

    @Test func `a dry run reports and writes nothing`() async throws {
        let desk = try Desk()
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let xml = "<articles xmlns=\"urn:frontline:knowledge:1\">\(article("a", "One"))</articles>"
        let report = try await keeper.call(KnowledgeImport.self, .init(xml: xml, dryRun: true))
        #expect(report.created == 1)
        #expect(try await keeper.call(KnowledgeList.self, .init()).articles.isEmpty)
    }

    @Test func `audience, restriction, status and validity hide an article everywhere`() async throws {
        let desk = try Desk()
        try await desk.importArticles(
            [
                article("all", "Parcel one"),
                article("super", "Parcel two", attributes: "audience=\"supervisor\""),
                article("vip", "Parcel three", attributes: "restrict=\"team:vip tier:2\""),
                article("draft", "Parcel four", attributes: "status=\"draft\""),
                article("over", "Parcel five", attributes: "valid-until=\"2020-01-01\""),
                article("keeper", "Parcel six", attributes: "audience=\"knowledge_manager\""),
            ].joined()
        )
        let expected: [(Set<Role>, [String: AttributeValue], searched: Set<String>, listed: Set<String>)] = [
            ([.agent], [:], ["all"], ["all"]),
            ([.agent], ["team": .many(["north", "vip"]), "tier": .one("2")], ["all", "vip"], ["all", "vip"]),
            ([.agent], ["team": .one("vip")], ["all"], ["all"]),
            ([.supervisor], [:], ["all", "super"], ["all", "super"]),
            ([.auditor], [:], ["all", "super"], ["all", "super", "draft", "over"]),
            (
                [.knowledgeManager], [:], ["all", "super", "vip", "keeper"],
                ["all", "super", "vip", "keeper", "draft", "over"]
            ),
            (
                [.admin], [:], ["all", "super", "vip", "keeper"],
                ["all", "super", "vip", "keeper", "draft", "over"]
            ),
        ]
        for (roles, attributes, searched, listed) in expected {
            let connection = try await desk.connection("someone", roles, attributes)
            let found = try await connection.call(KnowledgeSearch.self, .init(query: "parcel"))
            #expect(Set(found.hits.map(\.articleId)) == searched, "\(roles)")
            let list = try await connection.call(KnowledgeList.self, .init())
            #expect(Set(list.articles.map(\.articleId)) == listed, "\(roles)")
            for id in ["all", "super", "vip", "draft", "over", "keeper"] where !listed.contains(id) {
                await #expect(
                    performing: { _ = try await connection.call(KnowledgeGet.self, .init(articleId: id)) },
                    throws: Self.fails(1003)
                )
            }
        }
    }

    @Test func `a list continues from its cursor to the end`() async throws {
        let desk = try Desk()
        try await desk.importArticles((1...7).map { article("a\($0)", "Title \($0)", tags: ["t\($0 % 2)"]) }.joined())
        let agent = try await desk.connection()
        var (ids, cursor): ([String], Cursor?) = ([], nil)
        repeat {
            let page = try await agent.call(KnowledgeList.self, .init(limit: 3, cursor: cursor))
            ids += page.articles.map(\.articleId)
            if let later = page.nextCursor, let cursor {
                #expect(cursor < later)
            }
            cursor = page.nextCursor
        } while cursor != nil
        #expect(ids == (1...7).map { "a\($0)" })
        #expect(try await agent.call(KnowledgeList.self, .init(tags: ["t0"])).articles.count == 3)
    }

    @Test func `what another process imports is found after catching up`() async throws {
        let desk = try Desk()
        let elsewhere = try DataFolder(testing: desk.folder.url)
        let other = try InProcessServer(elsewhere)
        let agent = try await desk.connection()
        #expect(try await agent.call(KnowledgeSearch.self, .init(query: "parcel")).hits.isEmpty)
        try await desk.importArticles(article("a", "Parcel"))
        try await other.catchUp()
        let session = other.connect()
        var generator = SystemRandomNumberGenerator()
        let token = try await elsewhere.tokens.create(
            subject: "x",
            roles: [.agent],
            by: "test",
            now: desk.folder.now(),
            using: &generator
        )
        _ = try await session.call(SessionAuthenticate.self, .init(token: token.text))
        #expect(try await session.call(KnowledgeSearch.self, .init(query: "parcel")).hits.count == 1)
    }

    @Test func `every change is on the audit log, which verifies`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "One"))
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        _ = try await keeper.call(KnowledgeRetire.self, .init(articleId: "a", reason: "wrong"))
        let auditor = try await desk.connection("ada", [.auditor])
        let entries = try await auditor.call(AuditList.self, .init()).entries
        let changes = entries.filter { $0.action.hasPrefix("knowledge.") }
        #expect(changes.map(\.action) == ["knowledge.import", "knowledge.retire"])
        #expect(changes.map(\.actor) == ["karl", "karl"] && changes[1].before == changes[0].after)
        #expect(try await auditor.call(AuditVerify.self, .init()).ok)
    }
}
