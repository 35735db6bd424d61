import Access
import FrontlineProtocol
import FrontlineService
import Testing
import Vocabulary

/// The facts about an agent in policies and scripts, for all callers.
@Suite struct AgentFactsTests {
    private static func model(_ decision: String, _ expression: String) -> String {
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
        <inputData id="t" name="turn"><variable name="turn"/></inputData>
        <inputData id="a" name="agent"><variable name="agent"/></inputData>
        <decision id="d" name="\(decision)"><variable name="\(decision)"/>
        <informationRequirement id="r1"><requiredInput href="#a"/></informationRequirement>
        <informationRequirement id="r2"><requiredInput href="#t"/></informationRequirement>
        <literalExpression><text>\(expression)</text></literalExpression></decision></definitions>
        """
    }

    private static let script = """
        script: who
        title: Who
        locale: en
        start: tell
        steps:
          tell: {say: "{{agent.role}} {{agent.team}}", next: done}
          done: {end: resolved}
        """

    private func desk() async throws -> Desk {
        let desk = try Desk()
        let admin = try await desk.connection("root", [.admin])
        let verdict = Self.model("resolution", "{outcome: \"denied\", reason: agent.role + \" \" + agent.team}")
        let alert = Self.model(
            "alert",
            "[{kind: \"facts\", severity: \"info\", reason: agent.role + \" \" + agent.team}]"
        )
        _ = try await admin.call(PolicyPublish.self, .init(name: "resolution", source: verdict))
        _ = try await admin.call(PolicyPublish.self, .init(name: "alerts", source: alert))
        _ = try await admin.call(ScriptPublish.self, .init(source: Self.script))
        return desk
    }

    @Test(
        "the ledger, scripts and observed turns see the same role, and one team as a text",
        arguments: [
            ([Role.agent], "agent"), ([.agent, .supervisor], "supervisor"), ([.agent, .admin], "admin"),
        ]
    )
    func sameFacts(roles: [Role], role: String) async throws {
        let desk = try await desk()
        let anna = try await desk.connection("anna", Set(roles), ["team": .many(["delivery"])])
        try await desk.openContact("call-1")
        let expected = JSON.string("\(role) delivery")

        let evaluated = try await anna.call(
            "resolution.evaluate",
            ["action": "refund", "reason": "late", "conversation_id": "call-1"]
        )
        #expect(evaluated["because"]?[0] == expected)

        let session = try await anna.call("script.start", ["script_id": "who", "conversation_id": "call-1"])
        #expect(session["step"]?["text"] == expected)

        let telephony = try await desk.connection("telephony", [.integration])
        for sender in [anna, telephony] {
            let turn: JSON = ["conversation_id": "call-1", "speaker": "customer", "text": "Hello"]
            _ = try await sender.call("conversation.observe", turn)
            let supervisor = try await desk.connection("sue", [.supervisor], ["team": .one("*")])
            let alerts = try await supervisor.call("alerts.list", [:])
            #expect(alerts["alerts"]?[0]?["reason"] == expected)
        }
    }
}
