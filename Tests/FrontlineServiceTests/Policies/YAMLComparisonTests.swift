import FrontlineService
import Testing

@Suite struct YAMLComparisonTests {
    private let base = """
        # Comments do not count.
        signals:
          - kind: threat
            patterns: [cancel, "leave you"]
          - kind: threat
            speaker: agent
            patterns: [x]
        required:
          - {name: notice, patterns: [recorded], within_agent_turns: 2}
        """

    private func changes(_ old: String, _ new: String) -> [String] {
        YAMLComparison.changes(from: base, to: base.replacing(old, with: new))
    }

    @Test func `layout and comments are ignored`() {
        #expect(changes("# Comments", "# Remarks").isEmpty)
    }

    @Test func `added and removed patterns are reported`() {
        #expect(
            changes("[cancel, \"leave you\"]", "[\"leave you\", end]") == [
                "signals: threat: patterns: “end” was added", "signals: threat: patterns: “cancel” was removed",
            ]
        )
    }

    @Test func `lists of the same name are distinguished by their order`() {
        #expect(changes("[x]", "[y]").first == "signals: threat (2): patterns: “y” was added")
    }

    @Test func `members and lists are compared`() {
        #expect(
            changes("within_agent_turns: 2", "within_agent_turns: 3") == [
                "required: notice: within_agent_turns from “2” to “3”"
            ]
        )
        let changed = changes("speaker: agent", "severity: info")
        #expect(changed.contains("signals: threat (2): speaker “agent” was removed"))
        #expect(
            changes("name: notice", "name: greeting") == [
                "required: greeting was added: “name: greeting, patterns: recorded, within_agent_turns: 2”",
                "required: notice was removed",
            ]
        )
    }

    @Test func `texts are compared by their keys`() {
        let old = "a: one\nb: two\nc: three"
        #expect(
            YAMLComparison.changes(from: old, to: "a: one\nb: zwei\nd: four") == [
                "b from “two” to “zwei”", "d was added: “four”", "c was removed",
            ]
        )
    }
}
