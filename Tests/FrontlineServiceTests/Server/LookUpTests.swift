import Access
import AuditTrail
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import Synchronization
import Testing
import Vocabulary

/// The number of look-ups for a request before its handler runs, while others write.
@Suite struct LookUpTests {
    /// Counts the statements that look up cached data: tokens and versions in force.
    private final class LookUps: Sendable {
        private let statements = Mutex<[String]>([])
        private static let tables = [
            "access_tokens", "access_sessions", "access_clock", "live_versions", "version_rollouts", "FROM topics",
            "counters WHERE",
        ]

        @Sendable func note(_ statement: String) {
            // The driver of a database server looks by itself.
            guard statement.hasPrefix("SELECT"), !statement.contains("store_head") else { return }
            guard Self.tables.contains(where: statement.contains) else { return }
            statements.withLock { $0.append(statement) }
        }

        func take() -> [String] {
            statements.withLock { statements in
                defer { statements = [] }
                return statements
            }
        }
    }

    @Test func `a gated request after another writer's commit costs no look-up`() async throws {
        let lookUps = LookUps()
        let desk = try Desk(freshness: .seconds(60), observer: lookUps.note)
        let agent = try await desk.connection()
        _ = try await agent.call(KnowledgeSearch.self, .init(query: "parcel"))
        _ = lookUps.take()
        for _ in 0..<10 {
            try desk.folder.store.writeNow { _ = try Store.next("other", in: $0) }
            // What the writer asked itself.
            _ = lookUps.take()
            _ = try await agent.call(KnowledgeSearch.self, .init(query: "parcel"))
            #expect(lookUps.take() == [])
        }
    }

    @Test func `an observed turn among other writers looks up versions in force once before its write`() async throws {
        let lookUps = LookUps()
        let desk = try Desk(freshness: .seconds(60), observer: lookUps.note)
        let agent = try await desk.connection()
        let id = try await agent.call(ConversationOpen.self, .init(channel: "chat")).conversationId
        func turn(_ number: Int) async throws {
            _ = try await agent.call(
                "conversation.observe",
                ["conversation_id": .string(id), "speaker": "customer", "text": "Turn \(number): where is my parcel?"]
            )
        }
        for number in 0..<3 { try await turn(number) }
        _ = lookUps.take()
        for number in 0..<10 {
            try desk.folder.store.writeNow { _ = try Store.next("other", in: $0) }
            try await turn(number)
        }
        let taken = lookUps.take()
        #expect(taken.count <= 30, "\(Set(taken))")
    }

    @Test func `a token revoked by another process is refused at the next request`() async throws {
        let desk = try Desk()
        let elsewhere = try DataFolder(testing: desk.folder.url)
        let agent = try await desk.connection()
        let other = try await desk.connection("berta")
        _ = try await agent.call(KnowledgeSearch.self, .init(query: "parcel"))
        let id = try await #require(try desk.folder.tokens.list().first { $0.principal.subject == "anna" }).id
        try await elsewhere.tokens.revoke(id, by: "test", now: 1)
        await #expect { _ = try await agent.call(KnowledgeSearch.self, .init(query: "parcel")) } throws: {
            ($0 as? RPCError)?.name == "unauthenticated"
        }
        _ = try await other.call(KnowledgeSearch.self, .init(query: "parcel"))
    }
}
