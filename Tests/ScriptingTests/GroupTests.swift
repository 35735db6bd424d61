import Scripting
import Testing
import Vocabulary

/// Groups of steps that are asked in any order.
@Suite struct GroupTests {
    private static let script = """
        script: group
        locale: en
        start: facts
        steps:
          facts: {any_order: [number, size, name], next: [{when: size > 50, go: large}, {go: done}]}
          number: {ask: "Number?", field: number, type: string, from: {said: number}, required: true}
          size: {ask: "Size?", field: size, type: number, from: {said: size}}
          name: {ask: "Name?", field: name, type: string}
          large: {say: "Large.", next: done}
          done: {end: ok}
        """

    @Test("the steps are asked in their order, and the group is on the path once")
    func order() throws {
        var session = try Samples.session(Self.script)
        #expect(session.view.step?.missing == ["number", "size", "name"])
        try session.advance("A100")
        #expect(session.view.step?.missing == ["size", "name"])
        try session.advance(60)
        try session.advance("Ada")
        #expect(session.view.path == ["facts", "number", "size", "name", "large"])
        #expect(session.view.step?.missing == nil)
    }

    @Test("only what is missing is asked")
    func missing() throws {
        let some = ScriptSubject(context: ["number": "A1", "name": "Ada"])
        var session = try Samples.session(Self.script, subject: some)
        #expect(session.view.path == ["facts", "size"])
        try session.advance(3)
        #expect(session.view.path == ["facts", "size", "done"])
        let known = ScriptSubject(context: ["number": "A1", "name": "Ada", "size": 60])
        #expect(try Samples.session(Self.script, subject: known).view.path == ["facts", "large"])
    }

    @Test("what the customer mentioned first is asked first, and every answer is taken by one call")
    func mentions() throws {
        var session = try Session(
            [try Samples.definition(Self.script)],
            hearing: try ProposalTests.hearing("size 7", "and A100, size 9")
        )
        #expect(session.view.step?.missing == ["size", "number", "name"])
        try session.apply(.accept(turn: nil))
        try session.apply(.accept(turn: nil))
        #expect(session.view.path == ["facts", "size", "number", "name"])
        #expect(session.view.variables == ["number": "A100", "size": 9])
    }

    @Test("a step that is skipped is not asked again in this visit, and back undoes that")
    func skip() throws {
        var session = try Samples.session(Self.script)
        try session.apply(.jump(step: "size", reason: "first", isSupervisor: true))
        try session.apply(.skip(reason: "unknown", isSupervisor: false))
        #expect(session.view.step?.missing == ["number", "name"])
        try session.apply(.back)
        #expect(session.view.step?.missing == ["number", "size", "name"] && session.view.step?.id == "size")
        let refused = try session.refusal(.jump(step: "done", reason: "hurry", isSupervisor: false))
        #expect(refused.code == .forbidden && refused.message.contains("number"))
    }

    @Test("an answer that is not kept because of personal data is not asked for again")
    func personalData() throws {
        var session = try Samples.session(Self.script)
        try session.advance("A1")
        try session.advance(4_111_111_111_111_111)
        #expect(session.view.variables["size"] == nil && session.view.step?.id == "name")
    }

    @Test(
        "mistakes of groups are reported",
        arguments: [
            ("facts: {any_order: [a, a], next: end}", ScriptDiagnostic.Code.duplicate, "occurs twice"),
            ("facts: {any_order: [], next: end}", .form, "expected 1 to 100"),
            ("facts: {any_order: [a]}", .missing, "“next” is missing"),
            ("facts: {any_order: [a, b], next: end}", .form, "“b” is say, expected an ask step"),
            ("facts: {any_order: [a, c], next: end}", .target, "there is no step “c”"),
            (
                "facts: {any_order: [a], next: end}\n  more: {any_order: [a], next: end}", .duplicate,
                "also in the group"
            ),
            ("facts: {any_order: [n], next: end}", .form, "“next” stands in the group “facts”"),
            ("facts: {any_order: [x], next: end}", .missing, "“field” is missing in “x”"),
            ("facts: {any_order: [w], next: facts}", .endless, "never reaches an end"),
            ("facts: {any_order: a, next: end}", .form, "expected a list of steps"),
            ("facts: {any_order: [a], say: hi, next: end}", .unknownMember, "unknown member “say”"),
        ]
    )
    func mistakes(_ group: String, _ code: ScriptDiagnostic.Code, _ message: String) {
        let source = """
            script: x
            start: facts
            steps:
              \(group)
              a: {ask: "A?", field: a, type: string}
              b: {say: "B", next: end}
              n: {ask: "N?", field: n, type: string, next: end}
              w: {ask: "W?", field: w, type: string}
              x: {ask: "X?", choices: [{value: y}]}
              end: {end: ok}
            """
        let found = Samples.diagnostics(source)
        #expect(found.contains { $0.code == code && $0.message.contains(message) }, "\(found.map(\.description))")
    }

    @Test("the graph shows the group, its steps and where answers come from")
    func graph() throws {
        let graph = try Samples.definition(Self.script).mermaid
        #expect(graph.contains("s0(\"facts: any order of number, size, name\")"))
        #expect(graph.contains("s0 -->|\"missing\"| s1") && graph.contains("s1 --> s0"))
        #expect(graph.contains("Number? ← said: number"))
    }

    // MARK: Random scripts against a slow oracle

    /// What a group asks next, told from the outside: what was given, answered and skipped, and what was said.
    private struct Oracle {
        let members: [String]
        let mentions: [String: Int]
        var done: Set<String> = []

        var next: String? {
            let open = members.filter { !done.contains($0) }
            let mentioned = open.filter { mentions[$0] != nil }.sorted { mentions[$0] ?? 0 < mentions[$1] ?? 0 }
            return mentioned.first ?? open.first
        }
    }

    @Test("random groups ask what a slow oracle expects, and undo exactly", arguments: 1...60)
    func random(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let count = Int.random(in: 1...8, using: &random)
        let members = (0..<count).map { "m\($0)" }.shuffled(using: &random)
        let list = members.joined(separator: ", ")
        var lines = ["script: r", "start: g", "steps:", "  g: {any_order: [\(list)], next: end}"]
        for member in members {
            lines.append("  \(member): {ask: q, field: v\(member), type: string, from: {said: \(member)}}")
        }
        lines.append("  end: {end: ok}")
        let kinds = members.map { "\($0): {kind: pattern, pattern: \"\($0)x[0-9]\"}" }
        let extractors = "extractors: {" + kinds.joined(separator: ", ") + "}"
        let book = try #require(ExtractorBook.read(extractors, file: "x").book)
        let said = members.filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
        let turns = said.enumerated().map { HeardTurn(number: Int64($0), text: "it is \($1)x1", at: 0, locale: nil) }
        let given = members.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
        var oracle = Oracle(
            members: members,
            mentions: Dictionary(uniqueKeysWithValues: said.enumerated().map { ($1, $0) })
        )
        oracle.done = Set(given)
        let context = JSONObject(given.map { JSONObject.Member(key: "v\($0)", value: "given") })
        var session = try Session(
            [try Samples.definition(lines.joined(separator: "\n"))],
            subject: ScriptSubject(context: context),
            hearing: ScriptHearing(turns, book: book)
        )
        var undo: [(oracle: Oracle, state: ScriptView)] = []
        for _ in 0..<40 where !session.state.status.isFinished {
            #expect(session.view.step?.id == oracle.next)
            guard let present = oracle.next else { break }
            #expect(session.view.proposed?.value == (said.contains(present) ? .string("\(present)x1") : nil))
            switch Int.random(in: 0..<5, using: &random) {
            case 0 where !undo.isEmpty:
                let last = undo.removeLast()
                try session.apply(.back)
                oracle = last.oracle
                #expect(session.view.path == last.state.path && session.view.variables == last.state.variables)
                continue
            case 1:
                undo.append((oracle, session.view))
                try session.apply(.skip(reason: "why", isSupervisor: false))
            case 2 where session.view.proposed != nil:
                undo.append((oracle, session.view))
                try session.apply(.accept(turn: session.view.proposed?.turn))
            default:
                undo.append((oracle, session.view))
                try session.advance("typed")
            }
            oracle.done.insert(present)
        }
        #expect(oracle.next == nil || !session.state.status.isFinished)
        let json = try JSONEncoding.encode(session.state)
        #expect(try JSONDecoding.decode(ScriptState.self, from: json) == session.state)
    }
}
