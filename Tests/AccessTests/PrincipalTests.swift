import Access
import Testing

@Suite struct PrincipalTests {
    private static let teams: [[String]] = [[], ["delivery"], ["billing", "vip"]]

    @Test(
        "a supervisor leads the own teams, or all without one; to be an auditor as well adds nothing",
        arguments: Role.allCases,
        teams
    )
    func leading(role: Role, own: [String]) {
        let attributes: [String: AttributeValue] = own.isEmpty ? [:] : ["team": .many(own)]
        let principal = Principal(subject: "sue", roles: [role, .auditor], attributes: attributes)
        for others in Self.teams {
            let isShared = !Set(own).isDisjoint(with: others)
            let expected = role == .admin || (role == .supervisor && (own.isEmpty || isShared))
            #expect(principal.leads(anyOf: others) == expected)
        }
    }

    @Test func `the teams are those of the attribute, in its order`() {
        #expect(Principal(subject: "a", roles: [], attributes: ["team": .many(["b", "a"])]).teams == ["b", "a"])
        #expect(Principal(subject: "a", roles: [], attributes: ["team": .one("b")]).teams == ["b"])
        #expect(Principal(subject: "a", roles: []).teams.isEmpty)
    }
}
