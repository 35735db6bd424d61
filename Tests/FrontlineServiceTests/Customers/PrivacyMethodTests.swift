import Access
import Alerts
import AuditTrail
import Conversations
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import Testing
import TestStores
import Vocabulary

@Suite struct PrivacyMethodTests {
    private static let quarrel = "I have waited three weeks for this kettle"

    /// Two contacts of one customer with an alert, and one of another.
    private func desk() async throws -> Desk {
        let desk = try Desk()
        let anna = try await desk.connection("anna")
        for (id, customer) in [("c1", "kunde-7"), ("c2", "kunde-7"), ("c3", "kunde-8")] {
            try await desk.openContact(id, customer: ["id": .string(customer)])
            try desk.say(Self.quarrel, in: id, score: -0.8)
        }
        let request = AlertRequest(
            kind: "complaint",
            subject: Alert.Subject(.conversation, "c1"),
            conversationID: "c1",
            customerID: nil,
            reason: "said: \(Self.quarrel)"
        )
        _ = try await anna.call(KnowledgeSearch.self, .init(query: "slow kettle", conversationId: "c2"))
        let now = desk.folder.now()
        _ = try desk.folder.store.writeNow { try desk.folder.alerts.raise(request, now: now, in: $0) }
        return desk
    }

    /// All texts and numbers of all tables.
    private func everything(in desk: Desk) throws -> String {
        try desk.folder.store.readNow { transaction in
            let (ofTables, ofColumns) = Self.catalog(of: desk.folder.store.engine)
            let tables = try transaction.rows(ofTables) { try $0.text("name") }
            var all = ""
            for table in tables where !table.hasPrefix("sqlite") {
                let columns = try transaction.rows(ofColumns, [.text(table)]) { try $0.text("name") }
                for column in columns {
                    try transaction.forEach("SELECT CAST(\(column) AS TEXT) AS content FROM \(table)") { row in
                        all += (try row.optionalText("content") ?? "") + "\n"
                    }
                }
            }
            return all
        }
    }

    @Test func `an erasure removes all words and names of the customer, and the chain still verifies`() async throws {
        let desk = try await desk()
        let operations = try await desk.connection("olaf", [.operations])
        #expect(try everything(in: desk).contains("kunde-7"))
        let params = CustomerErase.Params(customerId: "kunde-7", reason: "asked by mail from mia@example.org")
        let answer = try await operations.call(CustomerErase.self, params)
        #expect(answer.erased["conversations"] == 2 && answer.erased["turns"] == 2 && answer.erased["alerts"] == 1)
        #expect(answer.erased["searches"] == 1)
        #expect(answer.dryRun == nil && answer.kept.contains { $0.what.contains("audit") })
        let left = try everything(in: desk)
        #expect(!left.contains("kunde-7") && !left.contains("example.org") && left.contains("kunde-8"))
        #expect(left.components(separatedBy: Self.quarrel).count > 1)
        let anna = try await desk.connection("anna")
        let shown = try await anna.call(ConversationGet.self, .init(conversationId: "c1"))
        #expect(shown.turns.isEmpty && shown.transcriptDeleted == true && shown.mood.now < 0)
        let auditor = try await desk.connection("paul", [.auditor])
        #expect(try await auditor.call("audit.verify")["ok"] == true)
        let again = try await operations.call(CustomerErase.self, params)
        #expect(again.erased.values.allSatisfy { $0 == 0 })
    }

    /// The statements that list tables, and the columns of a table.
    private static func catalog(of engine: StoreEngine) -> (tables: String, columns: String) {
        switch engine {
        case .sqlite:
            ("SELECT name FROM sqlite_master WHERE type = 'table'", "SELECT name FROM pragma_table_info($1)")
        case .postgresql:
            (
                "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = 'public'",
                """
                SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name = $1
                """
            )
        }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite, "a database server has the files"))
    func `erased data is not in the files either`() async throws {
        let desk = try Desk()
        let admin = try await desk.connection("root", [.admin])
        let opening = ConversationOpen.Params(conversationId: "c", channel: "chat", customer: ["id": "kunde-7"])
        _ = try await admin.call(ConversationOpen.self, opening)
        for number in 0..<50 { try desk.say("quokkas ate parcel \(number)", in: "c", score: -0.5) }
        func isInFiles() throws -> Bool {
            let files = try FileManager.default.contentsOfDirectory(
                at: desk.folder.url,
                includingPropertiesForKeys: nil
            )
            return try files.contains { file in
                try Data(contentsOf: file).range(of: Data("quokkas ate".utf8)) != nil
            }
        }
        #expect(try isInFiles())
        _ = try await admin.call(CustomerErase.self, .init(customerId: "kunde-7", reason: "asked"))
        #expect(try !isInFiles())
    }

    @Test func `a trial erasure has the same counts and changes nothing`() async throws {
        let desk = try await desk()
        let admin = try await desk.connection("root", [.admin])
        // Searches wait in memory until they are read.
        _ = try await admin.call(CustomerExport.self, .init(customerId: "kunde-7"))
        let before = try everything(in: desk)
        var params = CustomerErase.Params(customerId: "kunde-7", reason: "asked", dryRun: true)
        let trial = try await admin.call(CustomerErase.self, params)
        #expect(trial.dryRun == true)
        #expect(try everything(in: desk) == before)
        params.dryRun = nil
        #expect(try await admin.call(CustomerErase.self, params).erased == trial.erased)
    }

    @Test func `an export contains the data of all capabilities, and of no other customer`() async throws {
        let desk = try await desk()
        let auditor = try await desk.connection("paul", [.auditor])
        let export = try await auditor.call(CustomerExport.self, .init(customerId: "kunde-7"))
        let conversations = export.data["conversations"]?.array ?? []
        #expect(conversations.compactMap { $0["conversation_id"]?.string } == ["c1", "c2"])
        #expect(export.data["alerts"]?.array?.count == 1 && export.data["searches"]?[0]?["query"] == "slow kettle")
        #expect(export.data["resolutions"]?.array?.isEmpty == true)
        await #expect(
            performing: { _ = try await auditor.call(CustomerExport.self, .init(customerId: "unknown")) },
            throws: { ($0 as? RPCError)?.code == 1003 }
        )
        await #expect(
            performing: {
                let anna = try await desk.connection("anna")
                _ = try await anna.call(CustomerExport.self, .init(customerId: "kunde-7"))
            },
            throws: { ($0 as? RPCError)?.code == 1002 }
        )
    }

    @Test func `transcripts are deleted after their retention period, with everything that quotes them`() async throws {
        let desk = try await desk()
        desk.advance(seconds: 30 * 86_400)
        try desk.say("still nothing here", in: "c3", score: -0.5)
        #expect(try await desk.server.deleteTranscripts(olderThanDays: 31) == 0)
        desk.advance(seconds: 2 * 86_400)
        #expect(try await desk.server.deleteTranscripts(olderThanDays: 31) == 2)
        #expect(try await desk.server.deleteTranscripts(olderThanDays: 31) == 0)
        let left = try everything(in: desk)
        #expect(!left.contains("kunde-7") && left.contains("still nothing here"))
        #expect(!(try everything(in: desk)).contains("said: \(Self.quarrel)"))
        let verified = try desk.folder.store.readNow { try AuditLog.verify(in: $0) }
        #expect(verified.ok)
    }

    @Test func `open requests and sessions of an erased customer end`() async throws {
        let desk = try await desk()
        let operations = try await desk.connection("olaf", [.operations])
        _ = try await operations.call(CustomerErase.self, .init(customerId: "kunde-7", reason: "asked"))
        let alerts = try await desk.connection("root", [.admin]).call(AlertsList.self, .init())
        #expect(alerts.alerts.map(\.status) == [.expired])
        desk.advance(seconds: 3_600)
        #expect(try await desk.folder.alerts.elapse(to: desk.folder.now()) == 0)
    }

    @Test func `names are removed from the reason and from texts that are kept, and other words stay`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "Parcel") + article("b", "Refund"))
        let admin = try await desk.connection("root", [.admin])
        let customer: JSON = [
            "id": "kunde-7", "contact": ["display_name": "Mia Young-Brandt"], "email": "mia@shop.example",
            "segment": "gold",
        ]
        _ = try await admin.call(ConversationOpen.self, .init(conversationId: "c", channel: "chat", customer: customer))
        _ = try await admin.call(
            KnowledgeRetire.self,
            .init(articleId: "a", reason: "mia young-brandt was told so; young gold customers were not")
        )
        _ = try await admin.call(KnowledgeRetire.self, .init(articleId: "b", reason: "the golden rule"))
        _ = try await admin.call(KnowledgeSearch.self, .init(query: "parcel of Young-Brandt"))
        _ = try await admin.call(
            CustomerErase.self,
            .init(customerId: "kunde-7", reason: "Ms Young-Brandt (KUNDE-7) wrote a letter")
        )
        let texts = try await admin.call(AuditList.self, .init()).entries.compactMap { $0.text?.text }
        #expect(texts.contains("[erased] was told so; young gold customers were not"))
        #expect(texts.contains("the golden rule"))
        #expect(texts.contains("Ms [erased] ([erased]) wrote a letter"))
        let left = try everything(in: desk)
        #expect(!left.contains("Brandt") && !left.contains("young-brandt") && !left.contains("shop.example"))
        let states = try await admin.call(AuditList.self, .init(action: "knowledge.retire")).entries.map(\.text?.state)
        #expect(states == [.redacted, .kept])
        #expect(try await admin.call(AuditVerify.self, .init()).ok)
    }

    @Test func `a comment is deleted with its conversation`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "Parcel"))
        let anna = try await desk.connection("root", [.admin])
        for (id, customer) in [("c1", "kunde-7"), ("c2", "kunde-8")] {
            let opening = ConversationOpen.Params(
                conversationId: id,
                channel: "chat",
                customer: ["id": .string(customer)]
            )
            _ = try await anna.call(ConversationOpen.self, opening)
            for comment in ["first of \(customer)", "second of \(customer)"] {
                _ = try await anna.call(
                    KnowledgeFeedback.self,
                    .init(articleId: "a", conversationId: id, verdict: .wrong, comment: comment)
                )
            }
        }
        _ = try await anna.call(CustomerErase.self, .init(customerId: "kunde-7", reason: "asked"))
        let issues = try await anna.call(KnowledgeIssues.self, .init()).issues
        #expect(issues.first?.comments == ["first of kunde-8", "second of kunde-8"] && issues.first?.reports == 4)
    }

    @Test func `the log records who did what with which token`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "Parcel"))
        let admin = try await desk.connection("root", [.admin, .agent])
        _ = try await admin.call(KnowledgeRetire.self, .init(articleId: "a", reason: "old"))
        let entry = try #require(
            try await admin.call(AuditList.self, .init(subject: "root", action: "knowledge")).entries.first
        )
        #expect(entry.roles == ["admin", "agent"] && entry.tokenId?.hasPrefix("tok_") == true)
        #expect(entry.details == nil && entry.text?.text == "old" && entry.text?.length == 3)
        #expect(try await admin.call(AuditList.self, .init(action: "knowledge.publish")).entries.isEmpty)
        #expect(try await admin.call(AuditList.self, .init(object: "en/a")).entries.count == 2)
        let moment = Timestamp(microseconds: desk.folder.now() + 1)
        #expect(try await admin.call(AuditList.self, .init(since: moment)).entries.isEmpty)
        #expect(try await admin.call(AuditList.self, .init(object: "en/a", until: moment)).entries.count == 2)
    }

    @Test(arguments: [
        ("UPDATE articles SET audience = 'agent', restrictions = '' WHERE id = 'a'", "article"),
        ("UPDATE versions SET content = replace(content, 'Parcel', 'Barrel')", "version"),
        ("UPDATE access_tokens SET roles = 'admin' WHERE subject = 'karl'", "token"),
        ("DELETE FROM articles", "article"),
        ("UPDATE access_tokens SET revoked_microseconds = NULL WHERE subject = 'eve'", "token"),
    ])
    func `a row changed without the log is reported`(tampering: String, kind: String) async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "Parcel", attributes: "audience=\"supervisor\""))
        _ = try await desk.connection("eve")
        let eve = try await #require(try desk.folder.tokens.list().first { $0.principal.subject == "eve" })
        try await desk.folder.tokens.revoke(eve.id, by: "test", now: desk.folder.now())
        let auditor = try await desk.connection("paul", [.auditor])
        #expect(try await auditor.call(AuditVerify.self, .init()).ok)
        try desk.folder.store.writeNow { try $0.execute(tampering) }
        let found = try await auditor.call(AuditVerify.self, .init())
        #expect(!found.ok && found.firstBad == nil && found.changed.map(\.kind).contains(kind))
    }
}
