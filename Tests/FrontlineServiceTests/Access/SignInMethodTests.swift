import Access
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import SampleIdentity
import SignIn
import Testing
import Vocabulary

/// Sign-in by tokens of an issuer, and the sessions that follow, as clients see them.
@Suite struct SignInMethodTests {
    /// An issuer that answers from memory.
    private struct Transport: IssuerTransport {
        func get(_ address: String, most: Int) async throws(SignInError) -> [UInt8] {
            if address.hasSuffix("/keys") { return TestIssuer.keys(TestIssuer.key.publicKey()) }
            let own = TestIssuer.address
            let document: JSON = [
                "issuer": .string(own), "authorization_endpoint": .string(own + "/a"),
                "token_endpoint": .string(own + "/t"), "jwks_uri": .string(own + "/keys"),
            ]
            return document.serialized()
        }

        func post(
            _ form: String,
            headers: [String],
            to address: String,
            most: Int
        ) async throws(SignInError) -> (status: Int, body: [UInt8]) { (400, []) }
    }

    private static let rules = """
        roles:
          - {claim: groups, has: agents, role: agent}
          - {claim: groups, has: leads, role: supervisor}
        attributes: {team: {claim: groups, begins: desk-}}
        """

    private let desk: Desk
    private let server: InProcessServer

    init() async throws {
        desk = try Desk()
        server = try InProcessServer(
            desk.folder,
            signIn: SignInSettings(
                issuer: .init(address: TestIssuer.address, client: TestIssuer.client),
                publicAddress: "https://desk.example.com"
            ),
            issuerTransport: Transport()
        )
        let admin = try await desk.connection("root", [.admin])
        _ = try await admin.call("policy.publish", ["name": "sign-in", "source": .string(Self.rules)])
    }

    /// A token that counts by the clock of the desk.
    private func token(_ more: [String: JSON] = [:], issued seconds: Int64 = 0) -> String {
        let now = Int(desk.folder.now() / 1_000_000 + seconds)
        let times: [String: JSON] = ["iat": .number(JSONNumber(now)), "exp": .number(JSONNumber(now + 300))]
        let claims = TestIssuer.claims(
            ["groups": ["agents", "desk-delivery"]].merging(times) { $1 }.merging(more) { $1 }
        )
        return TestIssuer.token(claims)
    }

    private static func fails(_ code: Int) -> @Sendable (any Error) -> Bool { { ($0 as? RPCError)?.code == code } }

    @Test func `a token of the issuer makes its subject the caller until it expires`() async throws {
        let connection = server.connect()
        let who = try await connection.call(SessionAuthenticate.self, .init(token: token()))
        #expect(who.subject == "7f3a" && who.roles == [.agent] && who.attributes == ["team": .one("delivery")])
        _ = try await connection.call("knowledge.list")
        await #expect(performing: { _ = try await connection.call("policy.list") }, throws: Self.fails(1002))
        desk.advance(seconds: 361)
        await #expect(performing: { _ = try await connection.call("knowledge.list") }, throws: Self.fails(1001))
        // The session goes on: contacts can be transferred to somebody whose token has just expired.
        #expect(try await desk.folder.tokens.principal(of: "7f3a", now: desk.folder.now()) != nil)
    }

    @Test(
        arguments: [
            (["aud": "another"], 1001), (["iss": "https://evil.example"], 1001), (["groups": "visitors"], 1002),
            (["groups": nil], 1002),
        ] as [([String: JSON], Int)]
    )
    func `a token that is not for us, or of somebody without a role, is refused`(
        more: [String: JSON],
        code: Int
    ) async throws {
        let (connection, token) = (server.connect(), token(more))
        await #expect(
            performing: { _ = try await connection.call(SessionAuthenticate.self, .init(token: token)) },
            throws: Self.fails(code)
        )
    }

    @Test func `without an issuer its tokens are unknown`() async throws {
        let (connection, token) = (desk.server.connect(), token())
        await #expect(
            performing: { _ = try await connection.call(SessionAuthenticate.self, .init(token: token)) },
            throws: Self.fails(1001)
        )
    }

    @Test func `whoever signs out is nobody on the connection, and not by older tokens elsewhere`() async throws {
        let (first, second) = (server.connect(), server.connect())
        for connection in [first, second] {
            _ = try await connection.call(SessionAuthenticate.self, .init(token: token()))
        }
        #expect(try await first.call(SessionSignOut.self, NoParams()).ended)
        for connection in [first, second] {
            await #expect(performing: { _ = try await connection.call("knowledge.list") }, throws: Self.fails(1001))
        }
        await #expect(
            performing: { _ = try await first.call(SessionAuthenticate.self, .init(token: token())) },
            throws: Self.fails(1001)
        )
        desk.advance(seconds: 1)
        _ = try await first.call(SessionAuthenticate.self, .init(token: token()))
        _ = try await first.call("knowledge.list")
    }

    @Test func `signing out leaves a token of the installation as it is`() async throws {
        let text = try await desk.token("anna", [.agent])
        let connection = server.connect()
        _ = try await connection.call(SessionAuthenticate.self, .init(token: text))
        let result = try await connection.call(SessionSignOut.self, NoParams())
        #expect(!result.ended)
        await #expect(performing: { _ = try await connection.call("knowledge.list") }, throws: Self.fails(1001))
        _ = try await connection.call(SessionAuthenticate.self, .init(token: text))
    }

    @Test func `an admin sees who is signed in and ends it, with the reason in the log`() async throws {
        let connection = server.connect()
        _ = try await connection.call(SessionAuthenticate.self, .init(token: token()))
        let admin = try await desk.connection("root", [.admin])
        let found = try await admin.call(SessionList.self, .init(subject: "7f3a"))
        #expect(found.sessions.map(\.kind) == [.bearer] && found.sessions[0].origin == TestIssuer.address)
        let id = found.sessions[0].signInId
        #expect(try await admin.call(SessionRevoke.self, .init(signInId: id, reason: "lost laptop")).ended == 1)
        await #expect(performing: { _ = try await connection.call("knowledge.list") }, throws: Self.fails(1001))
        #expect(try await admin.call(SessionList.self, .init()).sessions.isEmpty)
        #expect(try await admin.call(SessionList.self, .init(ended: true)).sessions.count == 1)
        let entries = try await admin.call("audit.list", ["object": .string(id)])["entries"]?.array ?? []
        #expect(Set(entries.compactMap { $0["action"]?.string }) == ["session.accept", "session.revoke"])
        await #expect(
            performing: { _ = try await admin.call(SessionRevoke.self, .init(signInId: "ses_0", reason: "x")) },
            throws: Self.fails(1003)
        )
        for params: JSON in [
            ["reason": "x"], ["reason": "x", "subject": "a", "sign_in_id": "b"], ["subject": "a", "reason": " "],
        ] {
            await #expect(
                performing: { _ = try await admin.call("session.revoke", params) },
                throws: Self.fails(-32602)
            )
        }
    }

    @Test func `only an admin puts rules of sign-in in force, or goes back to earlier ones`() async throws {
        let operations = try await desk.connection("olga", [.operations])
        let source: JSON = ["name": "sign-in", "source": "roles: []"]
        await #expect(performing: { _ = try await operations.call("policy.publish", source) }, throws: Self.fails(1002))
        let admin = try await desk.connection("root", [.admin])
        _ = try await admin.call("policy.publish", source)
        let back: JSON = ["name": "sign-in", "version": 1, "reason": "all of them back"]
        await #expect(performing: { _ = try await operations.call("policy.rollback", back) }, throws: Self.fails(1002))
        let connection = server.connect()
        await #expect(
            performing: { _ = try await connection.call(SessionAuthenticate.self, .init(token: token())) },
            throws: Self.fails(1002)
        )
        _ = try await admin.call("policy.rollback", back)
        _ = try await connection.call(SessionAuthenticate.self, .init(token: token()))
        let listed = try await admin.call("policy.list")["policies"]?.array ?? []
        #expect(listed.first { $0["name"] == "sign-in" }?["decisions"] == ["agent", "supervisor"])
        let mistake = await #expect(throws: RPCError.self) {
            try await admin.call("policy.publish", ["name": "sign-in", "source": "roles: 1"])
        }
        #expect(mistake?.code == -32602)
    }
}
