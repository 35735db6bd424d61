import Scripting
import Testing
import Vocabulary

/// Checks invariants on random walks through random scripts.
@Suite("Random walks")
struct RandomWalkTests {
    /// A script with this many steps before its end, of every kind except decide, with random targets.
    private static func script(_ name: String, steps count: Int, runs: String?, _ random: inout SeededRandom) -> String
    {
        var lines = [
            "script: \(name)", "variables: {n: number, t: string, b: boolean, secret: {type: string, sensitive: true}}",
        ]
        lines += ["start: s0", "steps:", "  end: {end: ok}"]
        for position in 0..<count {
            func anywhere() -> String {
                let target = Int.random(in: 0...count, using: &random)
                return target == count ? "end" : "s\(target)"
            }
            let on = position + 1 == count ? "end" : "s\(position + 1)"
            let required = Int.random(in: 0..<5, using: &random) == 0 ? ", required: true" : ""
            let kind = Int.random(in: 0..<(runs == nil ? 9 : 10), using: &random)
            guard kind != 8 else {
                let next = "[{when: n > 3, go: \(anywhere())}, {go: \(on)}]"
                lines.append("  s\(position): {any_order: [a\(position), b\(position)], next: \(next)}")
                lines.append("  a\(position): {ask: q, field: g\(position), type: string\(required)}")
                lines.append("  b\(position): {ask: q, field: n, type: number}")
                continue
            }
            let step =
                switch kind {
                case 0: "say: \"{{n}} {{t}}\", next: [{when: n > 3, go: \(anywhere())}, {go: \(on)}]"
                case 1: "ask: q, field: n, type: number, next: \(on)"
                case 2: "ask: q, field: t, type: string, next: [{when: 't = \"x\"', go: \(anywhere())}, {go: \(on)}]"
                case 3: "ask: q, choices: [{label: A, next: \(on)}, {label: B, next: \(anywhere())}], field: t"
                case 4: "ask: q, field: secret, type: string, next: \(on)"
                case 5: "act: do, with: {n: n, secret: secret}, as: r, next: \(on), failed: \(anywhere())"
                case 6:
                    "resolve: {action: '\"a\"', amount: 'if n = null then 1 else n', currency: '\"EUR\"', reason: '\"r\"'}, "
                        + "as: r, approved: \(on), denied: \(anywhere())"
                case 7: "ask: q, field: b, type: boolean, next: [{when: b, go: \(on)}, {go: \(anywhere())}]"
                default: "run: \(runs ?? ""), with: {n: n}, as: sub, next: \(on)"
                }
            lines.append("  s\(position): {\(step)\(required)}")
        }
        return lines.joined(separator: "\n")
    }

    private static func event(_ session: Session, _ random: inout SeededRandom) -> ScriptEvent {
        if let request = session.resolution {
            let statuses: [ResolutionStatus] = [.approved, .denied, .pending]
            let status = statuses.randomElement(using: &random) ?? .denied
            return .resolved(ticket: request.ticket, .init(id: "r\(request.ticket)", status: status, details: ["n": 1]))
        }
        switch Int.random(in: 0..<14, using: &random) {
        case 0, 1: return .back
        case 2:
            let target = "s\(Int.random(in: 0..<12, using: &random))"
            return .jump(step: target, reason: "why", isSupervisor: Bool.random(using: &random))
        case 3: return .skip(reason: "why", isSupervisor: Bool.random(using: &random))
        case 4: return .detour(script: "sub", reason: "why")
        case 5: return .note("noted")
        case 6:
            let pending = session.state.requests.last { $0.status == .pending }
            let details: JSONObject = ["n": 2]
            return .resolved(ticket: pending?.ticket ?? 0, .init(id: "r", status: .approved, details: details))
        default:
            let values: [JSON?] = [
                nil, 1, 5, "x", "A", "B", true, ["ok": true, "result": 7],
                ["ok": false, "error": "no"],
            ]
            if session.view.step?.field == "secret" { return .advance("S3CRET-VALUE") }
            return .advance(values.randomElement(using: &random) ?? nil)
        }
    }

    /// What a view shows, except notes and deviations, which are never removed.
    private struct Place: Equatable {
        let step: String?
        let status: ScriptSessionStatus
        let variables: JSONObject
        let path: [String]

        init(_ view: ScriptView) {
            (step, status, variables, path) = (view.step?.id, view.status, view.variables, view.path)
        }
    }

    @Test(
        "keep their state through JSON, replay alike, undo exactly, and never show or keep a secret",
        arguments: 1...40
    )
    func walk(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let main = try Samples.definition(Self.script("main", steps: 12, runs: "sub", &random))
        let sub = try Samples.definition(Self.script("sub", steps: 4, runs: nil, &random))
        var session = try Session([main, sub])
        var replay = session
        var undo: [Place] = []
        for _ in 0..<120 where !session.state.status.isFinished {
            let event = Self.event(session, &random)
            let before = session
            do {
                try session.apply(event)
            } catch let error as ScriptError {
                #expect(session.state == before.state, "refused and changed: \(error.message)")
                continue
            }
            try replay.apply(event)
            #expect(replay.state == session.state)
            try Self.check(session, after: event)
            Self.checkUndo(session, before, event, &undo)
        }
    }

    private static func check(_ session: Session, after event: ScriptEvent) throws {
        let json = try JSONEncoding.encode(session.state)
        #expect(!json.description.contains("S3CRET"))
        let copy = try JSONDecoding.decode(ScriptState.self, from: try JSON(parsing: json.serialized()))
        #expect(copy == session.state)
        #expect(session.engine.view(copy, secrets: session.secrets) == session.view)
        #expect(
            session.view.path.last == session.view.step?.id || session.view.deviations.contains { $0.kind == "detour" }
        )
        #expect(session.view.variables["secret"] == nil)
    }

    private static func checkUndo(_ session: Session, _ before: Session, _ event: ScriptEvent, _ undo: inout [Place]) {
        switch event {
        case .advance, .jump, .skip, .detour: undo.append(Place(before.view))
        case .back:
            guard let place = undo.popLast() else { return }
            // A resolution decided in the meantime moves the session on.
            guard before.state.requests.allSatisfy({ $0.status != nil && $0.status != .pending }) else { return }
            if place.status == .active { #expect(Place(session.view) == place) }
        default: break
        }
    }

    @Test("accepts the outcomes of later decisions in any order", arguments: 1...10)
    func decisions(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let source = """
            script: two
            start: a
            steps:
              a: {resolve: {action: '"x"', reason: '"y"'}, approved: b, denied: c}
              b: {say: yes, next: end}
              c: {say: no, next: end}
              end: {end: ok}
            """
        var session = try Samples.session(source)
        let ticket = try #require(session.resolution).ticket
        try session.resolve(.pending)
        #expect(session.view.status == .waiting)
        let isApproved = Bool.random(using: &random)
        let status = isApproved ? ResolutionStatus.approved : .expired
        try session.apply(.resolved(ticket: ticket, .init(id: "r1", status: status, details: [:])))
        #expect(session.view.step?.id == (isApproved ? "b" : "c"))
        let again = ScriptEvent.resolved(ticket: ticket, .init(id: "r1", status: .approved, details: [:]))
        #expect(try session.refusal(again).code == .conflict)
    }
}
