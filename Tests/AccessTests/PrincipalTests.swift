import Access
import Testing
import Vocabulary

@Suite struct PrincipalTests {
    private static let teams: [[String]] = [[], ["delivery"], ["billing", "vip"], ["*"], ["vip", "*"]]

    @Test(
        "a supervisor leads the own teams, all with a star, none without; to be an auditor as well adds nothing",
        arguments: Role.allCases,
        teams
    )
    func leading(role: Role, own: [String]) {
        let attributes: [String: AttributeValue] = own.isEmpty ? [:] : ["team": .many(own)]
        let principal = Principal(subject: "sue", roles: [role, .auditor], attributes: attributes)
        for others in Self.teams.map({ $0.filter { $0 != "*" } }) {
            let isShared = !Set(own).isDisjoint(with: others)
            let expected = role == .admin || (role == .supervisor && (own.contains("*") || isShared))
            #expect(principal.leads(anyOf: others) == expected)
        }
    }

    @Test func `the teams are those of the attribute, in its order`() {
        #expect(Principal(subject: "a", roles: [], attributes: ["team": .many(["b", "a"])]).teams == ["b", "a"])
        #expect(Principal(subject: "a", roles: [], attributes: ["team": .one("b")]).teams == ["b"])
        #expect(Principal(subject: "a", roles: []).teams.isEmpty)
        let all = Principal(subject: "a", roles: [.supervisor], attributes: ["team": .many(["*", "b"])])
        #expect(all.teams == ["b"] && all.leadsEveryTeam && all.ruleAttributes["team"] == .one("b"))
    }

    @Test(
        "policies see one value as a text and several as a list, however they were given",
        arguments: [
            (AttributeValue.one("a"), JSON.string("a")), (.many(["a"]), "a"), (.many(["a", "b"]), .array(["a", "b"])),
            (.many(["*", "b"]), "b"),
        ]
    )
    func facts(value: AttributeValue, expected: JSON) {
        let facts = Principal(subject: "anna", roles: [.agent], attributes: ["team": value]).facts(inTeams: ["c"])
        #expect(JSON.object(facts) == ["team": expected, "subject": "anna", "role": "agent"])
    }

    @Test func `the teams of a contact stand in for a subject without one`() {
        let facts = { Principal(subject: "anna", roles: [.agent]).facts(inTeams: $0) }
        #expect(facts(["c"])["team"] == "c")
        #expect(facts(["c", "d"])["team"] == .array(["c", "d"]))
        #expect(facts([])["team"] == nil)
    }

    @Test func `of several roles policies see the first in the order of precedence`() {
        let order: [Role] = [.admin, .supervisor, .agent, .auditor, .integration, .knowledgeManager, .operations]
        #expect(Role.precedence == order)
        for (place, role) in order.enumerated() {
            let held = Principal(subject: "anna", roles: Set(order[place...]))
            #expect(held.facts()["role"] == .string(role.rawValue))
        }
        #expect(Principal(subject: "anna", roles: []).facts()["role"] == nil)
    }
}
