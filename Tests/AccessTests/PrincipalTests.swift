import Access
import Testing

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
}
