import Access
import Customers
import Testing
import Vocabulary

@Suite struct CustomerFactsTests {
    private let form = CanonicalForm()

    private func facts(_ words: (JSONObject, FactSource)...) -> CustomerFacts {
        var facts = CustomerFacts()
        for (members, source) in words { facts.learn(members, from: source, comparedBy: form) }
        return facts
    }

    @Test func `facts from systems are at the top level, those from agents separate`() {
        let facts = facts(
            (["id": "K-1", "segment": "signature"], .agent),
            (["id": "k-1", "segment": "new"], .integration)
        )
        #expect(facts.view == ["id": "k-1", "segment": "new", "stated": ["segment": "signature"]])
        #expect(facts.sources == ["id": .integration, "segment": .integration])
    }

    @Test func `an agent provides the id until a system does`() {
        #expect(
            facts((["id": "a"], .agent), (["id": "b", "name": "Bo"], .agent)).view == [
                "id": "b", "stated": ["name": "Bo"],
            ]
        )
        let named = facts((["id": "a", "segment": "new"], .integration), (["id": "b"], .agent))
        #expect(named.view == ["id": "a", "segment": "new", "stated": ["id": "b"]])
    }

    @Test func `another customer inherits no facts, not even those from agents`() {
        let facts = facts(
            (["id": "a", "vip": true], .integration),
            (["name": "Al"], .agent),
            (["id": "b"], .commandLine)
        )
        #expect(facts.view == ["id": "b"])
    }

    @Test func `a null removes a fact from the same source`() {
        let both = facts((["id": "a", "x": 1], .integration), (["x": 2], .agent))
        var agent = both
        agent.learn(["x": nil], from: .agent, comparedBy: form)
        #expect(agent.view == ["id": "a", "x": 1])
        var system = both
        system.learn(["x": nil], from: .integration, comparedBy: form)
        #expect(system.view == ["id": "a", "stated": ["x": 2]])
    }

    @Test(
        "nobody's words become a system's by the name they are given",
        arguments: [["stated": ["segment": "signature"]], ["segment": "signature"]] as [JSONObject]
    )
    func smuggling(words: JSONObject) {
        #expect(facts((["id": "a"], .integration), (words, .agent)).known.isEmpty)
    }

    @Test func `completing facts never replaces known ones`() {
        let known = facts((["id": "a", "segment": "new"], .integration), (["name": "Al"], .agent))
        let words: JSONObject = ["id": "z", "segment": "signature", "name": "Zoe", "country": "IE"]
        let said = known.completed(by: words, from: .agent, comparedBy: form)
        let expected: JSONObject = ["segment": "signature", "country": "IE", "name": "Al"]
        #expect(said.known == known.known && said.id == "a")
        #expect(Set(said.stated.members) == Set(expected.members))
        let system = known.completed(by: words, from: .integration, comparedBy: form)
        #expect(system.view == ["id": "a", "segment": "new", "name": "Zoe", "country": "IE", "stated": ["name": "Al"]])
        #expect(CustomerFacts().completed(by: ["id": "z"], from: .agent, comparedBy: form).view == ["id": "z"])
    }

    @Test func `texts use facts from systems, or else from agents`() {
        let view: JSONObject = ["id": "a", "name": "Al", "stated": ["name": "Alfred", "title": "Dr"]]
        #expect(CustomerFacts.spoken(view)["name"] == "Al")
        #expect(CustomerFacts.spoken(view)["title"] == "Dr")
    }

    @Test(
        "who says it follows from the roles",
        arguments: [
            (Set([Role.agent]), FactSource.agent), ([.supervisor, .agent], .agent), ([.integration], .integration),
            ([.agent, .integration], .integration), ([.admin], .integration),
        ] as [(Set<Role>, FactSource)]
    )
    func sources(roles: Set<Role>, source: FactSource) {
        #expect(Principal(subject: "x", roles: roles).factSource == source)
        #expect(Principal.local.factSource == .commandLine)
    }
}
