import Scripting
import Testing
import Vocabulary

@Suite("Cases")
struct CaseTests {
    private static func reading(_ cases: String) -> ScriptReading {
        let callback = ScriptReader.read(Samples.callback, file: "callback.yaml").definition
        let surroundings = ScriptSurroundings(script: { $0 == "promise-callback" ? callback : nil })
        return ScriptCheck.run(Samples.lateDelivery + "\ncases:\n" + cases, file: "x", surroundings: surroundings)
    }

    @Test(
        "pass when the script comes out as they say",
        arguments: [
            """
              - name: refund
                customer: {name: Ada}
                answers: ["no", 20, D02]
                path: [greet, reason, amount, code, settle, refund, done]
                outcome: resolved
                variables: {order_total: 20.0, settlement: {resolution_id: case-1, status: approved, outcome: approved}}
            """,
            """
              - name: by step, denied
                answers: {reason: no, amount: [20], code: x}
                resolutions: {settle: denied}
                path: [greet, reason, amount, code, settle, explain, done]
            """,
            """
              - name: the till is down
                answers: ["no", "20", x]
                acts: {refund: {ok: false, error: closed}}
                path: [greet, reason, amount, code, settle, refund, desk, done]
            """,
            """
              - name: waits for a supervisor
                answers: ["no", 900, x]
                resolutions: {settle: pending}
                status: waiting
            """,
            """
              - name: another script
                answers: ["yes", "01", 2026-01-02]
                variables: {promise: {outcome: promised, day: 2026-01-02, number: "01"}}
            """,
            """
              - {name: stands and asks, answers: ["no"], status: active, path: [greet, reason, amount]}
            """,
        ]
    )
    func pass(_ cases: String) {
        let reading = Self.reading(cases)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics.map(\.description))")
    }

    @Test(
        "say where the script went otherwise",
        arguments: [
            (
                "  - {name: a, answers: [\"no\", 2, x], path: [greet, reason, wait]}",
                "step 3 of the path is “amount”, expected “wait”"
            ),
            ("  - {name: a, answers: [\"no\", 2, x], outcome: lost}", "the outcome is “resolved”, expected “lost”"),
            ("  - {name: a, answers: [\"no\"], outcome: resolved}", "there is no answer for “amount”"),
            ("  - {name: a, answers: [\"no\", two, x], outcome: resolved}", "value: expected a number"),
            ("  - {name: a, answers: [\"no\", 2, x, 4], outcome: resolved}", "1 of 4 answers were not used"),
            ("  - {name: a, answers: [\"no\", 2, x], variables: {order_total: 3}}", "“order_total” is 2, expected 3"),
            (
                "  - {name: a, answers: [\"no\", 2, x], resolutions: {settle: maybe}, outcome: x}",
                "“maybe”, expected approved"
            ),
            (
                "  - {name: a, answers: [\"no\", 2, x], resolutions: {settle: pending}, outcome: x}",
                "it is waiting at “settle”"
            ),
            ("  - {name: a, context: {order_total: much}, outcome: x}", "context.order_total: expected a number"),
        ]
    )
    func fail(_ cases: String, _ message: String) {
        let reading = Self.reading(cases)
        #expect(reading.definition == nil)
        #expect(reading.diagnostics.map(\.code) == [.testCase])
        #expect(reading.diagnostics.first?.message.contains(message) == true, "\(reading.diagnostics)")
    }

    @Test(
        "are read as strictly as steps",
        arguments: [
            ("  - {name: a, paths: [x]}", "unknown member “paths”"), ("  - {outcome: x}", "“name” is missing"),
            ("  - {name: a}", "expects nothing"),
            ("  - {name: a, status: lost}", "expected completed, active, waiting"),
        ]
    )
    func mistakes(_ cases: String, _ message: String) {
        let found = Self.reading(cases).diagnostics.map(\.message)
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }

    @Test("evaluate the decisions for which they have no answer")
    func decisions() throws {
        let source = """
            script: x
            start: a
            steps:
              a: {decide: p.d, with: {order: {total: 5, tags: ['"a"']}}, as: r, next: [{when: r > 3, go: high}, {go: low}]}
              high: {end: high}
              low: {end: low}
            cases:
              - {name: asked, outcome: high}
              - {name: said, decisions: {p.d: 1}, outcome: low}
              - {name: said by step, decisions: {a: 9}, outcome: high}
            """
        let surroundings = ScriptSurroundings(decide: { _, _, inputs, _ in
            inputs["order"] == ["total": 5, "tags": ["a"]] ? 4 : 0
        })
        let reading = ScriptCheck.run(source, file: "x", surroundings: surroundings)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics.map(\.description))")
        #expect(ScriptCheck.run(source, file: "x").diagnostics.count == 1)
    }
}
