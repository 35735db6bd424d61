import Access
import Alerts
import Assist
import AuditTrail
import Foundation
import FrontlineProtocol
import FrontlineService
import Knowledge
import Storage
import Synchronization
import TestStores
import Testing
import Vocabulary

/// Checks that PostgreSQL accepts every SQL statement of the program.
@Suite struct DialectTests {
    private final class Statements: Sendable {
        private let all = Mutex<Set<String>>([])
        func note(_ statement: String) { _ = all.withLock { $0.insert(statement) } }
        var sorted: [String] { all.withLock { $0.sorted() } }
    }

    private static let script = Desk.repository.appendingPathComponent("Integration/postgres.sh").path

    /// Runs the script; without a file it only checks whether PostgreSQL is available.
    private static func postgreSQL(_ arguments: [String]) throws -> (status: Int32, message: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [script] + arguments
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, message)
    }

    @Test(
        .enabled("needs PostgreSQL") { try postgreSQL([]).status != 77 },
        .enabled(if: TestDatabases.engine == .sqlite, "a database server refuses its statements itself")
    )
    func `the schema and every statement are prepared by PostgreSQL`() async throws {
        let statements = Statements()
        try await callEverything(Desk(encoder: TinyEncoder.make(), observer: statements.note))
        let prepared = statements.sorted
        #expect(prepared.count > 20)
        var sql = (Store.ownMigrations + DataFolder.migrations).flatMap(\.statements).joined(separator: ";\n") + ";\n"
        for (number, statement) in prepared.enumerated() { sql += "PREPARE s\(number) AS \(statement);\n" }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("statements-\(UUID().uuidString).sql")
        try Data(sql.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let (status, message) = try Self.postgreSQL([file.path])
        #expect(status == 0, "\(message)")
    }

    @Test(.enabled("needs PostgreSQL") { try postgreSQL([]).status != 77 })
    func `the driver of PostgreSQL makes the schema of the program, and finds it made`() async throws {
        let place = try TestEngine.postgres.place()
        try place.open(DataFolder.migrations).close()
        let store = try place.open(DataFolder.migrations)
        let applied = try await store.read { transaction in
            try transaction.first("SELECT count(*) AS count FROM frontline_migrations") { try $0.integer("count") }
        }
        // One more is the driver's own.
        #expect(applied == Int64((Store.ownMigrations + DataFolder.migrations).count + 1))
    }

    /// Calls every method at least once, so that every statement is seen.
    private func callEverything(_ desk: Desk) async throws {
        try await desk.importArticles(article("a", "Parcel", tags: ["t"]) + article("b", "Refund"))
        try await desk.importArticles(
            article("a", "Parcels", tags: ["t"]) + article("b", "Refund"),
            source: "other",
            adopt: true
        )
        let admin = try await desk.connection("root", [.admin])
        let agent = try await desk.connection("anna", [.agent])
        let found = try await agent.call(KnowledgeSearch.self, .init(query: "parcel"))
        for verdict in ArticleVerdict.allCases {
            let params = KnowledgeFeedback.Params(
                articleId: "a",
                queryId: found.queryId,
                verdict: verdict,
                comment: "mail me at a@example.org"
            )
            _ = try await agent.call(KnowledgeFeedback.self, params)
        }
        _ = try await agent.call(KnowledgeGet.self, .init(articleId: "a"))
        _ = try await admin.call(KnowledgeGet.self, .init(articleId: "a", version: 1))
        _ = try await admin.call(KnowledgeHistory.self, .init(articleId: "a"))
        let moment = Timestamp(microseconds: desk.folder.now())
        let list = KnowledgeList.Params(
            status: .published,
            tags: ["t"],
            locale: "en",
            expiringBefore: moment,
            unusedSince: moment,
            limit: 1,
            cursor: Cursor(0)
        )
        _ = try await admin.call(KnowledgeList.self, list)
        _ = try await agent.call(KnowledgeList.self, list)
        _ = try await admin.call(KnowledgeRetire.self, .init(articleId: "b", reason: "old"))
        _ = try await admin.call(KnowledgeRestore.self, .init(articleId: "a", version: 1, reason: "better"))
        let issues = try await admin.call(KnowledgeIssues.self, .init())
        _ = try await admin.call(KnowledgeIssues.self, .init(status: .resolved))
        _ = try await admin.call(
            KnowledgeResolveIssue.self,
            .init(issueId: issues.issues[0].issueId, outcome: "mended")
        )
        _ = try await admin.call(KnowledgeGaps.self, .init())
        try await callLearning(desk, admin, agent)
        try await callConversations(desk, admin: admin)
        _ = try await admin.call("audit.list")
        _ = try await admin.call("audit.verify")
        let model = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">\
            <decision id="d" name="d"><variable name="d"/><literalExpression><text>VALUE</text></literalExpression></decision>\
            </definitions>
            """
        for value in ["1", "2"] {
            let source = model.replacing("VALUE", with: value)
            _ = try await admin.call(PolicyPublish.self, .init(name: "m", source: source))
        }
        _ = try await admin.call(PolicyRollback.self, .init(name: "m", version: 1, reason: "dear"))
        _ = try await admin.call(PolicyEvaluate.self, .init(name: "m", decision: "d", input: [:]))
        _ = try await admin.call("policy.list")
        _ = try await admin.call(PolicyVersions.self, .init(name: "m"))
        try await callAlerts(desk, admin)
        try await callAssist(desk, agent)
        try await ResolutionMethodTests.callEverything(desk)
        try await WorkMethodTests.callEverything(desk)
        try await callScripts(desk, admin, agent)
        let token = try await #require(try desk.folder.tokens.list().first)
        try await desk.folder.tokens.revoke(token.id, by: "test", now: desk.folder.now())
    }

    private func callLearning(
        _ desk: Desk,
        _ admin: InProcessServer.Connection,
        _ agent: InProcessServer.Connection
    ) async throws {
        for query in ["parcel", "parcel", "refund"] {
            let found = try await agent.call(KnowledgeSearch.self, .init(query: query))
            for verdict in [ArticleVerdict.opened, .used] {
                _ = try await agent.call(
                    KnowledgeFeedback.self,
                    .init(articleId: "a", queryId: found.queryId, verdict: verdict)
                )
            }
        }
        try await desk.server.embed()
        #expect(try await admin.call(KnowledgeNeighbours.self, .init(text: "parcel")).neighbours.count == 2)
        var rules = LearningRules()
        rules.perPerson = 1
        let (knowledge, now) = (desk.folder.knowledge, desk.folder.now())
        #expect(try await knowledge.sweepPrecedents(rules, now: now) == 1)
        #expect(try await knowledge.sweepPrecedents(rules, now: now + 800 * 86_400_000_000) == 1)
        try await desk.server.catchUp()
        try await desk.folder.store.write { transaction in
            _ = try KnowledgeBase.precedents(ofConversation: "c", limit: 10, in: transaction)
            _ = try KnowledgeBase.forgetPrecedents(ofConversation: "c", in: transaction)
        }
    }

    private func callAssist(_ desk: Desk, _ agent: InProcessServer.Connection) async throws {
        _ = try await agent.call(ConversationOpen.self, .init(conversationId: "assist", channel: "chat"))
        try await desk.server.catchUp()
        for speaker in Speaker.allCases {
            let said = ConversationObserve.Params(
                conversationId: "assist",
                speaker: speaker,
                text: "where is my parcel",
                turnId: speaker.rawValue
            )
            _ = try await agent.call(ConversationObserve.self, said)
        }
        for verdict in OfferVerdict.allCases {
            _ = try await agent.call(
                FrontlineProtocol.AssistFeedback.self,
                .init(conversationId: "assist", articleId: "a", verdict: verdict)
            )
        }
        try desk.folder.store.writeNow { transaction in
            _ = try KnowledgeBase.activity(from: 0, to: .max, in: transaction)
            _ = try KnowledgeBase.searches(ofConversation: "assist", limit: 10, in: transaction)
            _ = try Assistant.export(conversations: ["assist"], in: transaction)
            _ = try KnowledgeBase.forgetSearches(ofConversation: "assist", in: transaction)
            _ = try Assistant.erase(conversations: ["assist"], in: transaction)
        }
    }

    private func callAlerts(_ desk: Desk, _ admin: InProcessServer.Connection) async throws {
        for version in ["a", "b"] {
            let source = "signals: [{kind: \(version), severity: critical, patterns: [smoke]}]"
            _ = try await admin.call(PolicyPublish.self, .init(name: "signals", source: source))
        }
        _ = try await admin.call(PolicyRollback.self, .init(name: "signals", version: 1, reason: "noisy"))
        _ = try await admin.call(PolicyVersions.self, .init(name: "signals"))
        let alerts = desk.folder.alerts
        let (rules, now) = (try await alerts.rules(), desk.folder.now())
        let ids = try desk.folder.store.writeNow { transaction in
            let turn = TurnFacts(speaker: .customer, text: "there is smoke")
            let facts = ContactFacts(conversationID: "c", customerID: "k", agent: "anna", teams: ["t"])
            let observe = {
                let past = try alerts.past(of: facts.conversationID, in: transaction)
                let decision = rules.decide(turn, of: facts, past: past, now: now)
                return try alerts.write(decision, of: facts, now: now, in: transaction)
            }
            let seen = try observe()
            _ = try observe()
            for number in 0..<6 {
                let subject = Alert.Subject(.conversation, "g\(number)")
                let request = AlertRequest(
                    kind: "outage",
                    subject: subject,
                    conversationID: subject.id,
                    reason: "Down.",
                    group: "shop"
                )
                _ = try alerts.raise(request, now: now, in: transaction)
                try alerts.settle(subject, outcome: nil, by: nil, now: now, in: transaction)
            }
            let anna = Principal(subject: "anna", roles: [.agent])
            for _ in 0..<2 {
                _ = try alerts.help(
                    "help",
                    in: "c",
                    note: "Please.",
                    directory: Everywhere(),
                    by: anna,
                    now: now,
                    in: transaction
                )
            }
            try alerts.moveContact("c", agent: "ben", teams: ["u"], now: now, in: transaction)
            _ = try alerts.outcomes(from: 0, to: now, in: transaction)
            _ = try alerts.alerts(ofConversation: "c", in: transaction)
            return seen.map(\.id)
        }
        let supervisor = try await desk.connection("sue", [.supervisor, .agent], ["team": .many(["t", "u"])])
        _ = try await supervisor.call(AlertsSubscribe.self, .init(after: "0"))
        try await desk.server.pump()
        let filter = AlertsList.Params(
            status: .open,
            severity: .info,
            after: "last",
            kinds: ["help"],
            teams: ["t"],
            agents: ["anna"],
            customerId: "k",
            limit: 1,
            cursor: Cursor(0)
        )
        _ = try await supervisor.call(AlertsRead.self, .init(cursor: Cursor(1)))
        _ = try await supervisor.call(AlertsList.self, filter)
        _ = try await supervisor.call(AlertsGet.self, .init(alertId: ids[0]))
        _ = try await supervisor.call(AlertsAcknowledge.self, .init(alertIds: ids))
        let moment = Timestamp(microseconds: now + 60_000_000)
        _ = try await supervisor.call(AlertsSnooze.self, .init(alertIds: ids, until: moment))
        _ = try await admin.call(AlertsResolve.self, .init(group: "shop", outcome: .helped))
        _ = try await admin.call(AlertsResolve.self, .init(group: "shop", outcome: .helped))
        try await alerts.elapse(to: now + 120_000_000)
        try desk.folder.store.writeNow { transaction in
            _ = try alerts.export(customer: "k", in: transaction)
            _ = try alerts.erase(customer: "k", now: now, in: transaction)
            try alerts.endContact("c", now: now, in: transaction)
        }
    }

    /// A directory in which every conversation is visible to everybody.
    private struct Everywhere: ContactDirectory {
        func contact(_ conversationID: String, in transaction: some SQLReading) throws -> Contact? {
            Contact(conversationID: conversationID, agent: "anna")
        }
    }

    /// Runs sessions with all kinds of calls.
    private func callScripts(
        _ desk: Desk,
        _ admin: InProcessServer.Connection,
        _ agent: InProcessServer.Connection
    ) async throws {
        let source = """
            script: s
            start: a
            steps:
              a: {say: "A", next: b}
              b: {ask: "B?", field: f, type: string, next: c}
              c: {escalate: supervisor, say: "C", next: r}
              r: {resolve: {action: '"credit"', reason: '"late"'}, approved: d, denied: d}
              d: {end: done}
            """
        for text in [source, source.replacing("\"A\"", with: "\"A2\"")] {
            _ = try await admin.call(ScriptPublish.self, .init(source: text, rollout: .init(teams: ["x"])))
            _ = try await admin.call(ScriptPublish.self, .init(source: text))
        }
        _ = try await admin.call(ScriptRollout.self, .init(scriptId: "s", version: 2, percent: 50, teams: ["x"]))
        _ = try await admin.call(ScriptCompare.self, .init(scriptId: "s", from: 1, to: 2))
        _ = try await agent.call("script.list")
        _ = try await agent.call(ScriptGet.self, .init(scriptId: "s"))
        for id in ["one", "two", "three"] {
            let start = ScriptStart.Params(scriptId: "s", version: id == "three" ? 2 : nil, sessionId: id)
            _ = try await agent.call(ScriptStart.self, start)
        }
        var state = try await agent.call(ScriptAdvance.self, .init(sessionId: "one", revision: 1))
        state = try await agent.call(ScriptBack.self, .init(sessionId: "one", revision: state.revision))
        let jump = ScriptJump.Params(sessionId: "one", revision: state.revision, step: "b", reason: "known")
        state = try await agent.call(ScriptJump.self, jump)
        let aside = ScriptDetour.Params(sessionId: "one", revision: state.revision, scriptId: "s", reason: "asked")
        state = try await agent.call(ScriptDetour.self, aside)
        let skip = ScriptSkip.Params(sessionId: "one", revision: state.revision, reason: "said")
        _ = try await agent.call(ScriptSkip.self, skip)
        _ = try await agent.call(FrontlineProtocol.ScriptNote.self, .init(sessionId: "one", text: "calm"))
        _ = try await agent.call(ScriptAbandon.self, .init(sessionId: "one", reason: "hung up"))
        _ = try await agent.call(ScriptStateGet.self, .init(sessionId: "one"))
        for (revision, value) in [nil, "x", nil].enumerated() as EnumeratedSequence<[JSON?]> {
            let params = ScriptAdvance.Params(sessionId: "two", revision: revision + 1, value: value)
            _ = try await agent.call(ScriptAdvance.self, params)
        }
        let rollback = ScriptRollback.Params(scriptId: "s", version: 1, reason: "worse", sessions: .stop)
        _ = try await admin.call(ScriptRollback.self, rollback)
        _ = try await admin.call(ScriptVersions.self, .init(scriptId: "s"))
        for grouping in AdherenceGrouping.allCases {
            _ = try await admin.call(ScriptAdherence.self, .init(groupBy: grouping))
            _ = try await admin.call(ScriptAdherence.self, .init(scriptId: "s", groupBy: grouping))
        }
    }
}
