import Scripting
import Testing
import Vocabulary

@Suite("ScriptReader")
struct ScriptReaderTests {
    @Test("reads every member of a script")
    func members() throws {
        let script = try Samples.definition(Samples.lateDelivery)
        #expect(script.id == "late-delivery")
        #expect(script.title == "Late delivery")
        #expect(script.locale == "en")
        #expect(script.tags == ["delivery"])
        #expect(script.examples.count == 2)
        #expect(script.variables.map(\.name) == ["order_total", "postcode", "settlement", "receipt", "promise"])
        #expect(script.step("amount")?.isRequired == true)
        #expect(script.step("explain")?.knowledge == ["late-delivery-refund"])
        #expect(script.subScripts == ["promise-callback"])
        #expect(script.mermaid.contains("s1 -->|\"Yes\"| s"))
    }

    /// A script with the steps under test; `done` ends it.
    private static func script(_ steps: String, variables: String = "{total: number, name: string}") -> String {
        "script: x\nvariables: \(variables)\nstart: a\nsteps:\n\(steps)\n  done: {end: ok}\n"
    }

    @Test(
        "tells each mistake with its place and what is expected",
        arguments: [
            ("  a: {say: x, nxt: done, next: done}", "5:15", "unknown_member", "required, knowledge, note, next"),
            ("  a: {say: x, next: dne}", "5:21", "target", "“done” perhaps"),
            ("  a: {say: x}", "5:6", "missing", "“next” is missing"),
            ("  a: {say: \"{{nobody}}\", next: done}", "5:13", "undefined", "“nobody” is not defined"),
            ("  a: {say: \"hi {{>part}}\", next: done}", "5:16", "template", "a variable or a section"),
            ("  a: {say: \"{{#total}}\", next: done}", "5:13", "template", "is not closed"),
            ("  a: {say: \"{{/total}}\", next: done}", "5:13", "template", "does not close a section"),
            ("  a: {say: \"{{uppercase(name)}}\", next: done}", "5:13", "template", "expected a name"),
            ("  a: {say: \"{{=<% %>=}}\", next: done}", "5:13", "template", "a variable or a section"),
            ("  a: {say: x, next: [{when: total > 1, go: done}]}", "5:21", "open", "expected {go: step} at its end"),
            ("  a: {say: x, next: [{when: 'total > ', go: done}, {go: done}]}", "5:38", "expression", "expression"),
            ("  a: {say: x, next: [{when: total, go: done}, {go: done}]}", "5:29", "type", "a condition"),
            ("  a: {say: x, next: [{when: totl > 1, go: done}, {go: done}]}", "5:29", "undefined", "totl"),
            ("  a: {say: x, next: [{when: total > name, go: done}, {go: done}]}", "5:29", "type", "compared"),
            ("  a: {ask: x, field: total, type: string, next: done}", "5:35", "type", "the same type"),
            (
                "  a: {ask: x, field: total, type: colour, next: done}", "5:35", "type",
                "string, number, boolean, date, money"
            ),
            ("  a: {ask: x, field: f, next: done}", "5:6", "missing", "“type” is missing"),
            ("  a: {ask: x, next: done}", "5:6", "missing", "“choices”, or “field” and “type”"),
            ("  a: {ask: x, choices: [{label: A}]}", "5:25", "missing", "in the choice “A” or in the step"),
            ("  a: {ask: x, choices: [{label: A}, {label: A}], next: done}", "5:37", "duplicate", "occurs twice"),
            ("  a: {decide: nodot, next: done}", "5:15", "form", "model.decision"),
            ("  a: {resolve: {action: total, reason: name}, next: done}", "5:25", "type", "expected a string"),
            (
                "  a: {resolve: {action: name, reason: name, amount: name}, next: done}", "5:53", "type",
                "a number or money"
            ),
            (
                "  a: {resolve: {action: name, reason: name, amount: total}, next: done}", "5:53", "missing",
                "“currency”"
            ),
            ("  a: {resolve: {action: name, reason: name}, approved: done}", "5:6", "missing", "“denied” is missing"),
            ("  a: {ask: x, act: y, next: done}", "5:6", "form", "ask and act"),
            ("  a: {say: x, required: maybe, next: done}", "5:25", "form", "true or false"),
            ("  a: {say: [x], next: done}", "5:12", "form", "a list"),
            ("  a: 12\n  b: {say: x, next: done}", "5:6", "form", "a map with one of say"),
            ("  a: {say: x, next: b}\n  b: {say: x, next: a}", "5:3", "endless", "a → b → a"),
            ("  a: {end: x}\n  b: {say: x, next: done}", "6:3", "unreachable", "only a jump"),
            ("  a: {say: x, next: done}\n  a: {say: y, next: done}", "5:3", "duplicate", "“a”"),
            ("  a b: {say: x, next: done}", "5:3", "form", "not the id of a step"),
            ("  a: {say: x, next: done", "6:7", "yaml", "not YAML"),
            ("  a: {run: x, next: done}", "5:12", "script", "x → x"),
        ]
    )
    func mistakes(_ steps: String, _ place: String, _ code: String, _ message: String) throws {
        let found = Samples.diagnostics(Self.script(steps))
        let lines = found.map(\.description)
        let isThere = found.contains { finding in
            "\(finding.place.line):\(finding.place.column)" == place && finding.code.rawValue == code
                && finding.message.contains(message)
        }
        #expect(isThere, "\(lines)")
    }

    @Test("finds places within folded texts and expressions")
    func places() throws {
        let steps = """
              a:
                say: x
                next:
                  - when: |
                      total > 1
                        and wrong
                    go: done
                  - {go: done}
            """
        let found = Samples.diagnostics(Self.script(steps))
        #expect(found.first.map { "\($0.place.line):\($0.place.column)" } == "10:17", "\(found.map(\.description))")
    }

    @Test("warns of a sensitive variable in a place where its value is not available")
    func sensitive() {
        let steps = "  a: {say: \"{{pin}}\", next: b}\n  b: {act: x, with: {pin: pin}, next: done}"
        let found = Samples.diagnostics(Self.script(steps, variables: "{pin: {type: string, sensitive: true}}"))
        #expect(found.map(\.code) == [.sensitive])
        #expect(found.map(\.severity) == [.warning])
    }

    @Test(
        "refuses sources that are not within bounds",
        arguments: [
            "", "   \n", "just text", "[1, 2]", "? [a]\n: b", "\u{0}", "a: *nothing", "--- a\n--- b",
            String(repeating: "[", count: 5_000), String(repeating: "{a: ", count: 2_000),
            String(repeating: "- ", count: 5_000), "a: &a [*a]", "script: x\nstart: a\nsteps: {}",
            """
            a: &a [x,x,x,x,x,x,x,x,x,x]
            b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
            c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
            ? *c
            : x
            """,
        ]
    )
    func bounds(_ source: String) {
        let reading = ScriptReader.read(source, file: "x")
        #expect(reading.definition == nil)
        #expect(!reading.diagnostics.isEmpty)
    }

    @Test("never fails on damaged sources")
    func fuzz() throws {
        var random = SeededRandom(seed: 7)
        let original = Array(Samples.lateDelivery.utf8)
        let pieces = [
            "{", "}", "[", "]", ":", "&a ", "*a", "\"", "'", "\n", "  ", "{{", "}}", "? ", "|", "<<", "\u{FEFF}",
        ]
        for _ in 0..<150 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: position)
                case 2: bytes.insert(contentsOf: pieces.randomElement(using: &random)?.utf8 ?? "".utf8, at: position)
                default:
                    let end = min(bytes.count, position + Int.random(in: 1...80, using: &random))
                    bytes.insert(contentsOf: bytes[position..<end], at: Int.random(in: 0..<bytes.count, using: &random))
                }
            }
            let reading = ScriptCheck.run(String(decoding: bytes, as: UTF8.self), file: "x")
            #expect(reading.definition != nil || !reading.diagnostics.isEmpty)
        }
    }

    @Test("reads and checks ten thousand steps quickly")
    func large() throws {
        var lines = ["script: large", "start: s0", "steps:"]
        for position in 0..<10_000 {
            lines.append("  s\(position): {say: \"Step {{customer.name}}\", next: s\(position + 1)}")
        }
        lines.append("  s10000: {end: ok}")
        let source = lines.joined(separator: "\n")
        let clock = ContinuousClock()
        var reading: ScriptReading?
        let time = clock.measure { reading = ScriptCheck.run(source, file: "x") }
        #expect(reading?.definition?.steps.count == 10_001)
        #expect(time < .seconds(20))
    }
}

/// A generator that gives the same numbers for the same seed.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
