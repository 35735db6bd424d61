import Scripting
import Testing
import Vocabulary

@Suite("Deviations")
struct ScriptDeviationTests {
    private static let line = """
        script: line
        start: a
        variables: {total: number}
        steps:
          a: {say: one, next: b}
          b: {ask: two, field: total, type: number, required: true, next: c}
          c: {ask: three, choices: [{label: Left, next: d}, {label: Right, next: e}]}
          d: {say: four, next: e}
          e: {act: five, with: {total: total}, as: five, next: f}
          f: {end: done}
        """
    private static let aside = """
        script: aside
        start: q
        steps:
          q: {say: aside, next: z}
          z: {end: back}
        """

    @Test("goes back to the previous step and its variables")
    func back() throws {
        var session = try Samples.session(Self.line)
        try session.advance()
        let before = session.view
        try session.advance(5)
        #expect(session.view.variables["total"] == 5)
        try session.apply(.back)
        #expect(session.view == before)
        try session.apply(.back)
        #expect(session.view.step?.id == "a")
        #expect(try session.refusal(.back).code == .conflict)
        #expect(session.state.revision == 5)
    }

    @Test("repeats an action only with different arguments")
    func actions() throws {
        var session = try Samples.session(Self.line)
        for value in [nil, 5, "Right"] as [JSON?] { try session.advance(value) }
        #expect(session.view.step?.action == "five")
        try session.apply(.skip(reason: "later", isSupervisor: false))
        #expect(session.view.status == .completed)

        session = try Samples.session(Self.line)
        for value in [nil, 5, "Left"] as [JSON?] { try session.advance(value) }
        try session.advance()
        #expect(session.view.step?.id == "e")
        for _ in 0..<3 { try session.apply(.back) }
        try session.advance(6)
        for value in ["Left", nil] as [JSON?] { try session.advance(value) }
        #expect(session.view.step?.arguments?["total"] == 6)
    }

    @Test("keeps a required step from being skipped or jumped over, unless by a supervisor")
    func required() throws {
        var session = try Samples.session(Self.line)
        #expect(try session.refusal(.jump(step: "c", reason: "x", isSupervisor: false)).code == .forbidden)
        try session.apply(.jump(step: "b", reason: "x", isSupervisor: false))
        #expect(try session.refusal(.skip(reason: "x", isSupervisor: false)).code == .forbidden)
        #expect(try session.refusal(.jump(step: "e", reason: "x", isSupervisor: false)).code == .forbidden)
        try session.apply(.jump(step: "e", reason: "she knows", isSupervisor: true))
        #expect(session.view.deviations.map(\.kind) == ["jump", "jump"])
        #expect(session.view.deviations.last?.step == "b")
        #expect(session.view.deviations.last?.reason == "she knows")
        try session.apply(.back)
        #expect(session.view.deviations.count == 2)
        try session.apply(.skip(reason: "x", isSupervisor: true))
        #expect(session.view.step?.id == "c")
    }

    @Test("keeps a required first step from being passed on another way from the start")
    func requiredStart() throws {
        var session = try Samples.session(
            """
            script: fork
            start: a
            steps:
              a: {ask: which, required: true, choices: [{label: Left, next: b}, {label: Right, next: c}]}
              b: {say: left, next: d}
              c: {say: right, next: d}
              d: {end: done}
            """
        )
        try session.apply(.jump(step: "b", reason: "she knows", isSupervisor: true))
        // From here no path leads to the other side.
        let refused = try session.refusal(.jump(step: "c", reason: "x", isSupervisor: false))
        #expect(refused.code == .forbidden && refused.message.contains("“a”"))
        try session.apply(.jump(step: "a", reason: "x", isSupervisor: false))
        try session.advance("Left")
        try session.apply(.jump(step: "c", reason: "x", isSupervisor: false))
        #expect(session.view.step?.id == "c")
    }

    @Test(
        "refuses what does not fit and stays as it was",
        arguments: [
            (ScriptEvent.advance("x"), ScriptError.Code.invalid, "value"),
            (.jump(step: "nowhere", reason: "x", isSupervisor: true), .invalid, "step"),
            (.jump(step: "c", reason: "", isSupervisor: true), .invalid, "reason"),
            (.skip(reason: "", isSupervisor: true), .invalid, "reason"),
            (.detour(script: "nowhere", reason: "x"), .notFound, "script_id"),
            (.abandon(reason: ""), .invalid, "reason"),
            (.note(""), .invalid, "text"),
            (.decided(ticket: 1, .value(1)), .conflict, nil),
            (.resolved(ticket: 9, .init(id: "r", status: .approved, details: [:])), .notFound, nil),
        ] as [(ScriptEvent, ScriptError.Code, String?)]
    )
    func refusals(_ event: ScriptEvent, _ code: ScriptError.Code, _ argument: String?) throws {
        var session = try Samples.session(Self.line, Self.aside)
        let error = try session.refusal(event)
        #expect(error.code == code)
        #expect(error.argument == argument)
    }

    @Test("names the possible answers when an answer is missing or invalid")
    func answers() throws {
        var session = try Samples.session(Self.line)
        try session.advance()
        for value in [nil, "five", true, ["amount": "5"]] as [JSON?] {
            let error = try session.refusal(.advance(value))
            #expect(error.message == "expected a number of at most 34 digits")
        }
        try session.advance("5.50")
        #expect(session.view.variables["total"]?.description == "5.50")
        #expect(try session.refusal(.advance("Middle")).message == "expected one of “Left”, “Right”")
        let ambiguous = try session.refusal(.skip(reason: "x", isSupervisor: false))
        #expect(ambiguous.code == .conflict)
        try session.advance("Right")
        for report in [nil, "yes", ["done": true], ["ok": "yes"], ["ok": true, "else": 1]] as [JSON?] {
            #expect(try session.refusal(.advance(report)).argument == "value")
        }
    }

    @Test("takes a detour to another script and returns to the step")
    func detour() throws {
        var session = try Samples.session(Self.line, Self.aside)
        for value in [nil, 5, "Right"] as [JSON?] { try session.advance(value) }
        let before = session.view
        try session.apply(.detour(script: "aside", reason: "asked for it"))
        #expect(session.view.step?.id == "aside/q")
        try session.advance()
        #expect(session.view.step == before.step)
        #expect(session.view.path == before.path + ["aside/q", "aside/z"])
        try session.apply(.back)
        #expect(session.view.step?.id == "aside/q")
        try session.apply(.back)
        #expect(session.view.step == before.step)
        #expect(session.view.path == before.path)
        #expect(session.view.deviations == [.init(kind: "detour", step: "e", reason: "asked for it")])
    }

    @Test("ends when abandoned or stopped, and then accepts only notes")
    func finish() throws {
        var session = try Samples.session(Self.line)
        try session.apply(.abandon(reason: "hung up"))
        #expect(session.view.status == .abandoned)
        #expect(session.view.deviations.map(\.kind) == ["abandon"])
        for event in [.advance(nil), .back, .stop(reason: "x"), .abandon(reason: "x")] as [ScriptEvent] {
            #expect(try session.refusal(event).message == "the session is abandoned")
        }
        try session.apply(.note("called back"))
        #expect(session.view.notes.map(\.text) == ["called back"])

        session = try Samples.session(Self.line)
        try session.apply(.stop(reason: "version 3 was withdrawn"))
        #expect(session.view.status == .stopped)
        #expect(session.view.outcome == "version 3 was withdrawn")
    }
}
