import Access
import Foundation
import IdentityTokens
import SampleIdentity
import SignIn
import Testing
import Vocabulary

/// Who somebody is by their claims.
@Suite struct SignInBookTests {
    private static func book(_ more: String = "") throws -> SignInBook {
        try SignInBook(
            yaml: """
                roles:
                  - {claim: groups, has: agents, role: agent}
                  - {claim: [realm_access, roles], has: lead, role: supervisor}
                attributes:
                  team: {claim: groups, begins: desk-}
                  tier: {claim: grade, values: {junior: "1", head: "3"}, otherwise: "1"}
                \(more)
                """,
            file: "sign-in.yaml"
        )
    }

    private static func claims(_ more: [String: JSON]) throws -> IdentityClaims {
        try IdentityClaims(JSON.object(TestIssuer.claims(more)).serialized())
    }

    @Test func `roles and attributes come from claims`() throws {
        let claims = try Self.claims([
            "groups": ["agents", "desk-delivery", "desk-returns", "desk-", "others"], "grade": "head",
            "realm_access": ["roles": ["lead"]],
        ])
        let principal = try Self.book("subject: {claim: sub, prefix: \"corp:\"}").principal(of: claims)
        #expect(principal.subject == "corp:7f3a" && principal.roles == [.agent, .supervisor])
        #expect(principal.attributes == ["team": .many(["delivery", "returns"]), "tier": .one("3")])
    }

    @Test func `a value that is not listed does not count, and the other one is taken`() throws {
        let claims = try Self.claims(["groups": "agents", "grade": ["intern", 7]])
        #expect(try Self.book().principal(of: claims).attributes == ["tier": .one("1")])
    }

    @Test func `whoever holds no role is not let in`() throws {
        for groups in [JSON.array([]), "agent", ["Agents"], ["agents": true], nil] {
            let claims = try Self.claims(["groups": groups])
            #expect { _ = try Self.book().principal(of: claims) } throws: { ($0 as? SignInError)?.code == .refused }
        }
        let claims = try Self.claims(["groups": "agents"])
        #expect(throws: SignInError.self) { _ = try SignInBook.empty.principal(of: claims) }
    }

    @Test func `every team is given by the rules alone`() throws {
        let claims = try Self.claims(["groups": ["agents", "desk-*"], "team": "*"])
        #expect(try Self.book().principal(of: claims).attributes["team"] == nil)
        let book = try SignInBook(
            yaml: """
                roles: [{claim: groups, has: agents, role: supervisor}]
                attributes: {team: {claim: team, values: {"*": "*"}}}
                """,
            file: ""
        )
        #expect(try book.principal(of: claims).leadsEveryTeam)
    }

    @Test(
        arguments: [
            (["sub": "a\u{7}b"], "sub"), (["sub": .string(String(repeating: "a", count: 201))], "sub"),
            (["name": ["a", "b"]], "name"),
            (["name": nil], "name"), (["email": "a@example.com"], "email"),
            (["email": "a@example.com", "email_verified": false], "email"),
        ] as [([String: JSON], String)]
    )
    func `a claim that names nobody for certain is refused`(more: [String: JSON], claim: String) throws {
        let claims = try Self.claims(more.merging(["groups": "agents"]) { first, _ in first })
        let book = try Self.book("subject: {claim: \(claim)}")
        #expect { _ = try book.principal(of: claims) } throws: { ($0 as? SignInError)?.code == .refused }
    }

    @Test func `an address that the issuer has verified names somebody`() throws {
        let claims = try Self.claims(["groups": "agents", "email": "a@example.com", "email_verified": true])
        #expect(try Self.book("subject: {claim: email}").principal(of: claims).subject == "a@example.com")
    }

    @Test(arguments: [
        ("", 0), ("{}", 1), ("roles: x", 1), ("roles: [{claim: a, has: b}]", 1),
        ("roles: [{claim: a, has: b, role: king}]", 1), ("roles: []\nscopes: [profile]", 2),
        ("roles: []\nalgorithms: [HS256]", 2), ("roles: []\nalgorithms: [none]", 2), ("roles: []\nalgorithms: []", 2),
        ("roles: []\nclock_skew: 10m", 2), ("roles: []\nsessions: {idle: 2h, longest: 1h}", 2),
        ("roles: []\nsessions: {idle: 1s}", 2), ("roles: []\nattributes: {Team: {claim: a}}", 2),
        ("roles: []\nattributes: {team: {begins: a}}", 2), ("roles: []\nrolls: []", 2),
        ("roles: []\nsubject: {prefix: a}", 2), ("roles: []\nsubject: {claim: []}", 2), ("roles: []\nroles: []", 1),
    ])
    func `a mistake is found with its place`(yaml: String, line: Int) {
        #expect {
            _ = try SignInBook(yaml: yaml, file: "f.yaml")
        } throws: { error in
            guard let error = error as? SignInError, error.code == .invalid else { return false }
            return error.findings.count == 1 && error.findings[0].line == line && error.findings[0].file == "f.yaml"
        }
    }

    @Test func `the sample can be read`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let yaml = try String(contentsOf: root.appendingPathComponent("rules/sign-in.yaml"), encoding: .utf8)
        let book = try SignInBook(yaml: yaml, file: "sign-in.yaml")
        let claims = try Self.claims([
            "preferred_username": "anna", "groups": ["contact-centre-agents", "desk-delivery"], "grade": "senior",
        ])
        let anna = try book.principal(of: claims)
        #expect(
            anna.subject == "anna" && anna.roles == [.agent] && anna.has("team", "delivery") && anna.has("tier", "2")
        )
    }
}
