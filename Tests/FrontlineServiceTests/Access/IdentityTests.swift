import Access
import Alerts
import AuditTrail
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import Testing
import Vocabulary

@Suite struct IdentityTests {
    private static func fails(_ code: Int) -> (any Error) -> Bool {
        { ($0 as? RPCError)?.code == code }
    }

    private static func raiseAlert(_ desk: Desk) throws {
        let request = AlertRequest(
            kind: "help",
            severity: .warning,
            subject: Alert.Subject(.conversation, "c1"),
            conversationID: "c1",
            agent: "anna",
            teams: ["delivery"],
            reason: "Somebody needs a hand."
        )
        _ = try desk.folder.store.writeNow { try desk.folder.alerts.raise(request, now: desk.folder.now(), in: $0) }
    }

    @Test func `a new connection may call the public methods only`() async throws {
        let desk = try Desk()
        let connection = desk.server.connect()
        for method in ["server.info", "server.health", "rpc.discover"] { _ = try await connection.call(method) }
        for method in desk.server.methods where method.extensions["x-public"] == false {
            await #expect(performing: { _ = try await connection.call(method.name) }, throws: Self.fails(1001))
        }
    }

    @Test func `every method refuses the roles it does not name, before it reads the parameters`() async throws {
        let desk = try Desk()
        for role in Role.allCases where role != .admin {
            let connection = try await desk.connection("someone", [role])
            for method in desk.server.methods where method.extensions["x-public"] == false {
                guard case .array(let roles)? = method.extensions["x-roles"] else {
                    Issue.record("\(method.name) names no roles")
                    continue
                }
                if roles.contains(.string(role.rawValue)) { continue }
                await #expect(
                    performing: { _ = try await connection.call(method.name, ["bogus": 1]) },
                    throws: Self.fails(1002)
                )
            }
        }
    }

    @Test func `a wrong token is refused and leaves the connection as it was`() async throws {
        let desk = try Desk()
        let connection = desk.server.connect()
        await #expect(
            performing: { _ = try await connection.call(SessionAuthenticate.self, .init(token: "fl_wrong")) },
            throws: Self.fails(1001)
        )
        await #expect(performing: { _ = try await connection.call("knowledge.list") }, throws: Self.fails(1001))
    }

    @Test func `a revoked or expired token is refused on an open connection too`() async throws {
        let desk = try Desk()
        let revoked = try await desk.connection("anna")
        let expiring = try await desk.connection("ben", expiresIn: 60)
        _ = try await revoked.call("knowledge.list")
        _ = try await expiring.call("knowledge.list")
        let token = try #require(try await desk.folder.tokens.list().first { $0.principal.subject == "anna" })
        try await desk.folder.tokens.revoke(token.id, by: "test", now: desk.folder.now())
        await #expect(performing: { _ = try await revoked.call("knowledge.list") }, throws: Self.fails(1001))
        desk.advance(seconds: 61)
        await #expect(performing: { _ = try await expiring.call("knowledge.list") }, throws: Self.fails(1001))
    }

    @Test func `a request keeps its caller if the connection authenticates again before it is done`() async throws {
        let desk = try Desk()
        let connection = try await desk.connection("anna", [.knowledgeManager])
        let other = try await desk.token("olga", [.operations])
        try await desk.importArticles(article("a", "Refunds"))
        let retirement: JSON = ["article_id": "a", "reason": "old"]
        guard case .pending(let work) = await connection.receive("knowledge.retire", retirement) else {
            throw CancellationError()
        }
        _ = try await connection.call(SessionAuthenticate.self, .init(token: other))
        #expect(try JSON(parsing: try #require(await work.run()).bytes)["error"] == nil)
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let history = try await keeper.call("knowledge.history", ["article_id": "a"])
        #expect(history["versions"]?.array?.map { $0["by"] }.contains("anna") == true)
    }

    @Test func `a subscription ends when its connection becomes another subject's`() async throws {
        let desk = try Desk()
        let connection = try await desk.connection("sofia", [.supervisor], ["team": .one("delivery")])
        _ = try await connection.call("alerts.subscribe", ["after": "0"])
        let renewed = try await desk.token("sofia", [.supervisor], ["team": .one("delivery")])
        _ = try await connection.call(SessionAuthenticate.self, .init(token: renewed))
        try Self.raiseAlert(desk)
        try await desk.server.pump()
        #expect(connection.notifications().count == 1)
        let other = try await desk.token("sven", [.supervisor], ["team": .one("delivery")])
        _ = try await connection.call(SessionAuthenticate.self, .init(token: other))
        try Self.raiseAlert(desk)
        try await desk.server.pump()
        #expect(connection.notifications().isEmpty)
    }

    @Test func `a subject over its rate limit is told when to retry, and others are served`() async throws {
        let desk = try Desk(rateLimit: 3)
        let (busy, calm) = (try await desk.connection("anna"), try await desk.connection("ben"))
        for _ in 0..<3 { _ = try await busy.call("knowledge.list") }
        await #expect(
            performing: { _ = try await busy.call("knowledge.list") },
            throws: { ($0 as? RPCError)?.code == 1005 && (($0 as? RPCError)?.retryAfterMilliseconds ?? 0) > 0 }
        )
        _ = try await calm.call("knowledge.list")
        desk.advance(seconds: 1)
        _ = try await busy.call("knowledge.list")
    }

    @Test func `an unknown parameter is refused with its path`() async throws {
        let connection = try await Desk().connection()
        await #expect(
            performing: { _ = try await connection.call("knowledge.search", ["query": "a", "limits": 3]) },
            throws: { ($0 as? RPCError)?.code == -32602 && ($0 as? RPCError)?.path == "params.limits" }
        )
    }
}
