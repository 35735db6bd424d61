import Access
import AuditTrail
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import PostgresStorage
import Storage
import Synchronization
import TestStores
import Testing
import Vocabulary

/// Servers of one database.
@Suite(.enabled(if: PostgresServer.isInstalled), .timeLimit(.minutes(2))) struct SeveralServersTests {
    /// A database, and the servers that share it.
    private struct House {
        let server: PostgresServer
        let database: String

        init() throws {
            server = try PostgresServer.shared()
            database = try server.makeDatabase()
        }

        /// A further server, the clock of whose machine may be some seconds ahead.
        func node(_ name: String, rateLimit: Int = 0, ahead: Int64 = 0) throws -> Node {
            let url = FileManager.default.temporaryDirectory.appendingPathComponent("node-\(UUID().uuidString)")
            let folder = try DataFolder(
                url,
                store: .database(try PostgresAddress(server.address(of: database)), freshness: .zero),
                skew: 10_000_000,
                machine: { DataFolder.systemClock() + ahead * 1_000_000 }
            )
            return Node(folder: folder, server: try InProcessServer(folder, node: name, rateLimit: rateLimit))
        }
    }

    private struct Node {
        let folder: DataFolder
        let server: InProcessServer

        func token(
            _ subject: String,
            _ roles: Set<Role>,
            _ attributes: [String: AttributeValue] = [:]
        ) async throws -> String {
            var generator = SystemRandomNumberGenerator()
            return try await folder.tokens.create(
                subject: subject,
                roles: roles,
                attributes: attributes,
                expiresAt: nil,
                by: "test",
                now: folder.now(),
                using: &generator
            ).text
        }

        func connection(_ token: String) async throws -> InProcessServer.Connection {
            let connection = server.connect()
            _ = try await connection.call(SessionAuthenticate.self, .init(token: token))
            return connection
        }
    }

    @Test func `those who look after them see which servers there are, others do not`() async throws {
        let house = try House()
        let (one, two) = (try house.node("one"), try house.node("two"))
        // Again where a busy machine takes longer than a server counts as there.
        for _ in 0..<100 {
            try await two.server.beat()
            try await one.server.beat()
            let health = try await one.server.connect().call(ServerHealth.self, NoParams())
            if health.checks["nodes"]?.detail == "2 servers of one store" { break }
        }
        let token = try await one.token("olga", [.operations])
        let info = try await one.connection(token).call(ServerInfo.self, NoParams())
        #expect(info.nodes?.map(\.node) == ["one", "two"])
        #expect(info.nodes?.allSatisfy { $0.version == info.version && $0.seenAt >= $0.startedAt } == true)
        #expect(try await one.server.connect().call(ServerInfo.self, NoParams()).nodes == nil)
        let agent = try await one.connection(one.token("anna", [.agent]))
        #expect(try await agent.call(ServerInfo.self, NoParams()).nodes == nil)
        let health = try await one.server.connect().call(ServerHealth.self, NoParams())
        #expect(health.checks["nodes"]?.detail == "2 servers of one store")
    }

    @Test func `a subject has one budget on both`() async throws {
        let house = try House()
        let nodes = [try house.node("one", rateLimit: 1), try house.node("two", rateLimit: 1)]
        for node in nodes { try await node.server.beat() }
        func ask(_ connection: InProcessServer.Connection) async throws -> Bool {
            do {
                _ = try await connection.call("knowledge.search", ["query": "parcel"])
                return true
            } catch let error as RPCError {
                #expect(error.code == RPCErrorDefinition.rateLimited.code)
                return false
            }
        }
        // A subject of its own each time: on a busy machine its budget may be whole again before both have told each other.
        for attempt in 0..<20 {
            let token = try await nodes[0].token("anna\(attempt)", [.agent])
            let (first, second) = (try await nodes[0].connection(token), try await nodes[1].connection(token))
            for _ in 0..<20 where try await !ask(first) { break }
            for node in nodes { try await node.server.beat() }
            if try await !ask(second) { return }
        }
        Issue.record("what one has let through does not count on the other")
    }

    @Test func `a server whose machine has a wrong clock grants nothing and writes no wrong time`() async throws {
        let house = try House()
        let (right, wrong) = (try house.node("right"), try house.node("wrong", ahead: 3_600))
        #expect(abs(wrong.folder.now() - DataFolder.systemClock()) < 60_000_000)
        let token = try await right.token("anna", [.agent], ["tier": .one("1"), "team": .one("delivery")])
        let params: JSON = [
            "action": "refund", "reason": "late_delivery", "customer_id": "k", "idempotency_key": "a",
            "reference": ["type": "order", "id": "o"], "amount": ["amount": "5.00", "currency": "EUR"],
        ]
        await #expect { try await wrong.connection(token).call("resolution.request", params) } throws: {
            ($0 as? RPCError)?.code == RPCErrorDefinition.unavailable.code
        }
        let health = try await wrong.server.connect().call(ServerHealth.self, NoParams())
        #expect(health.status == .degraded)
        #expect(health.checks["clock"]?.detail?.contains("ahead of the database's") == true)
        #expect(try await right.server.connect().call(ServerHealth.self, NoParams()).checks["clock"]?.ok == true)
        // What is written there has the time of the database.
        let opened = try await wrong.connection(token).call("conversation.open", ["channel": "chat"])
        let told = try await right.connection(token).call(
            "conversation.get",
            ["conversation_id": opened["conversation_id"] ?? .null]
        )
        let at = try #require(told["opened_at"]?.string.flatMap { Timestamp($0) })
        #expect(abs(at.microseconds - DataFolder.systemClock()) < 60_000_000)
    }

    @Test func `an epoch is told by all, and a subscriber that is ahead of it is told what is lost`() async throws {
        let house = try House()
        let (one, two) = (try house.node("one"), try house.node("two"))
        let token = try await one.token("sara", [.supervisor], ["team": .one("*")])
        let before = try await two.connection(token).call(ServerInfo.self, NoParams()).epoch
        // Three alerts that were sent, of which the database has lost two.
        try house.server.sql(
            """
            INSERT INTO counters (name, value) VALUES ('alert_events', 1);
            UPDATE store_head SET commits = commits - 1;
            """,
            in: house.database
        )
        _ = try await one.token("anna", [.agent])
        let after = try await two.connection(token).call(ServerInfo.self, NoParams()).epoch
        #expect(after != before)
        #expect(try await one.server.connect().call(ServerInfo.self, NoParams()).epoch == after)
        let answer = try await two.connection(token).call(AlertsSubscribe.self, .init(after: "3"))
        #expect(answer.lostAfter == Cursor(1))
        #expect(answer.cursor > Cursor(1_000_000))
        #expect(try await two.connection(token).call(AlertsSubscribe.self, .init(after: "1")).lostAfter == nil)
    }
}
