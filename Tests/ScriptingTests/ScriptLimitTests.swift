import Scripting
import Testing
import Vocabulary

/// What a session may hold, at the limits of the documentation.
@Suite struct ScriptLimitTests {
    private static let talk = """
        script: talk
        start: a
        steps:
          a: {say: "A", next: b}
          b: {ask: "B?", choices: [{value: "yes", next: c}, {value: "no", next: a}]}
          c: {end: ok}
        """
    private static let aside = """
        script: aside
        start: q
        steps:
          q: {say: "Q", next: z}
          z: {end: back}
        """

    @Test("steps that need nobody follow each other a thousand times", arguments: [(999, true), (1_000, false)])
    func automaticSteps(count: Int, ends: Bool) throws {
        var lines = ["script: chain", "start: s1", "steps:"]
        for number in 1...count {
            lines.append("  s\(number): {escalate: team, next: \(number == count ? "end" : "s\(number + 1)")}")
        }
        lines.append("  end: {end: ok}")
        var session = try Samples.session(lines.joined(separator: "\n"))
        #expect(session.view.status == (ends ? .completed : .waiting))
        #expect(session.view.path.count == 1_000 && session.view.diagnostics.isEmpty == ends)
        guard !ends else { return }
        #expect(session.view.diagnostics[0].contains("the script ran 1001 steps"))
        // Somebody lets it go on.
        #expect(try session.advance().status == .completed)
    }

    @Test func `a path has ten thousand steps, and then only ends or goes back`() throws {
        var session = try Samples.session(Self.talk, Self.aside)
        while session.view.path.count < 9_999 { try session.advance(session.view.step?.id == "b" ? "no" : nil) }
        try session.advance(session.view.step?.id == "b" ? "no" : nil)
        #expect(session.view.path.count == 10_000)
        let error = try session.refusal(.advance(session.view.step?.id == "b" ? "no" : nil))
        #expect(error.code == .conflict && error.message.contains("10000"))
        try session.apply(.back)
        #expect(session.view.path.count == 9_999)
        try session.advance(session.view.step?.id == "b" ? "no" : nil)
        #expect(session.view.path.count == 10_000)
    }

    @Test func `two hundred actions can be undone`() throws {
        var session = try Samples.session(Self.talk)
        for number in 0..<205 { try session.advance(number % 2 == 0 ? nil : "no") }
        for _ in 0..<200 { try session.apply(.back) }
        #expect(try session.refusal(.back).code == .conflict)
        #expect(session.view.path.count == 6)
    }

    @Test func `a session has a thousand notes and a thousand deviations`() throws {
        var session = try Samples.session(Self.talk)
        for number in 0..<1_000 {
            try session.apply(.note("note \(number)"))
            try session.apply(.jump(step: number % 2 == 0 ? "b" : "a", reason: "why", isSupervisor: false))
        }
        #expect(try session.refusal(.note("one more")).code == .conflict)
        for event in [
            ScriptEvent.jump(step: "b", reason: "why", isSupervisor: true), .skip(reason: "why", isSupervisor: true),
            .detour(script: "talk", reason: "why"),
        ] { #expect(try session.refusal(event).code == .conflict) }
        #expect(session.view.notes.count == 1_000 && session.view.deviations.count == 1_000)
        try session.apply(.abandon(reason: "why"))
        #expect(session.view.status == .abandoned)
    }

    @Test(
        "a text has one to four thousand characters",
        arguments: [(0, false), (1, true), (4_000, true), (4_001, false)]
    )
    func texts(count: Int, isFine: Bool) throws {
        let text = String(repeating: "é", count: count)
        for event in [
            ScriptEvent.note(text), .jump(step: "b", reason: text, isSupervisor: false),
            .skip(reason: text, isSupervisor: false),
            .detour(script: "aside", reason: text), .abandon(reason: text),
        ] {
            var session = try Samples.session(Self.talk, Self.aside)
            if isFine { try session.apply(event) } else { #expect(try session.refusal(event).code == .invalid) }
        }
    }

    @Test func `scripts are nested sixteen deep, by detours and by steps`() throws {
        var session = try Samples.session(Self.talk, Self.aside)
        for _ in 0..<15 { try session.apply(.detour(script: "aside", reason: "why")) }
        #expect(try session.refusal(.detour(script: "aside", reason: "why")).code == .conflict)
        for _ in 0..<15 { try session.advance() }
        #expect(session.view.step?.id == "a" && session.view.path.first == "a")

        for (depth, isFine) in [(16, true), (17, false)] {
            var scripts: [ScriptDefinition] = []
            for number in 1..<depth {
                scripts.append(
                    try Samples.definition(
                        "script: s\(number)\nstart: a\nsteps:\n  a: {run: s\(number + 1), next: e}\n  e: {end: ok}"
                    )
                )
            }
            scripts.append(
                try Samples.definition("script: s\(depth)\nstart: a\nsteps:\n  a: {say: x, next: e}\n  e: {end: ok}")
            )
            var nested = try Session(scripts)
            #expect(nested.view.status == (isFine ? .active : .waiting))
            #expect(nested.view.diagnostics.contains { $0.contains("16 scripts are nested") } == !isFine)
            if isFine { #expect(try nested.advance().status == .completed) }
        }
    }

    @Test("a report on an action has at most 64 KiB", arguments: [(65_536, true), (65_537, false)])
    func reports(bytes: Int, isFine: Bool) throws {
        let source = "script: x\nstart: a\nsteps:\n  a: {act: go, as: r, next: e}\n  e: {end: ok}"
        var session = try Samples.session(source)
        // {"ok":true,"result":"…"}
        let report: JSON = [
            "ok": true, "result": .string(String(repeating: "x ", count: bytes / 2).prefix(bytes - 23).description),
        ]
        #expect(report.serialized().count == bytes)
        if isFine {
            try session.advance(report)
        } else {
            #expect(try session.refusal(.advance(report)).argument == "value")
        }
    }

    @Test("a context has at most 64 KiB", arguments: [(65_536, true), (65_537, false)])
    func contexts(bytes: Int, isFine: Bool) throws {
        let text = String(String(repeating: "x ", count: bytes / 2 + 1).prefix(bytes - 8))
        let subject = ScriptSubject(context: ["a": .string(text)])
        #expect(JSON.object(["a": .string(text)]).serialized().count == bytes)
        do {
            _ = try Samples.session(Self.talk, subject: subject)
            #expect(isFine)
        } catch let error as ScriptError {
            #expect(!isFine && error.argument == "context" && error.code == .invalid)
        }
    }

    @Test func `the revision counts what changes a session, one at a time`() throws {
        var session = try Samples.session(Self.talk, Self.aside)
        let events: [(ScriptEvent, Int)] = [
            (.note("x"), 0), (.assign(agent: ["subject": "ben"]), 0), (.advance(nil), 1), (.back, 1),
            (.jump(step: "b", reason: "x", isSupervisor: true), 1),
            (.detour(script: "aside", reason: "x"), 1), (.advance(nil), 1), (.advance("yes"), 1),
        ]
        var revision = 1
        for (event, step) in events {
            try session.apply(event)
            revision += step
            #expect(session.state.revision == revision)
        }
        #expect(session.view.status == .completed)
    }

    @Test func `an unknown answer is told the first twenty choices`() throws {
        let choices = (10..<40).map { "{value: v\($0)}" }.joined(separator: ", ")
        var session = try Samples.session(
            "script: x\nstart: a\nsteps:\n  a: {ask: q, choices: [\(choices)], next: e}\n  e: {end: ok}"
        )
        let known = (10..<30).map { "“v\($0)”" }.joined(separator: ", ")
        #expect(try session.refusal(.advance("v99")).message == "expected one of \(known)")
    }

    @Test func `a secret of three characters is taken out of what people write, a shorter one is not`() throws {
        let source = """
            script: x
            variables: {pin: {type: string, sensitive: true}}
            start: a
            steps:
              a: {ask: q, field: pin, type: string, next: b}
              b: {say: x, next: e}
              e: {end: ok}
            """
        for (secret, note) in [("ab", "it is ab, ab"), ("abc", "it is …, …"), ("abcd", "it is …, …")] {
            var session = try Samples.session(source)
            try session.advance(.string(secret))
            try session.apply(.note("it is \(secret), \(secret)"))
            #expect(session.view.notes.map(\.text) == [note])
            #expect(!session.secrets.isEmpty)
        }
    }

    // MARK: Proposals from facts

    @Test(
        "a fact is proposed as one of the choices, or of the type that is asked for",
        arguments: [
            ("b", "b", nil), ("a", "a", nil), ("x", nil, nil), (7, "7", nil), (8, nil, 8), (true, nil, nil),
            ("", nil, nil), (nil, nil, nil), (["a"], nil, nil), ("9", nil, 9),
        ] as [(JSON, JSON?, JSON?)]
    )
    func facts(fact: JSON, chosen: JSON?, number: JSON?) throws {
        let source = """
            script: x
            start: a
            steps:
              a: {ask: q, field: f, from: customer.kind, choices: [{value: a, next: n}, {value: b, next: n}, {value: "7", next: n}]}
              n: {ask: q, field: g, type: number, from: customer.kind, next: e}
              e: {end: ok}
            """
        var session = try Samples.session(source, subject: ScriptSubject(customer: ["kind": fact]))
        #expect(session.view.proposed?.value == chosen)
        try session.advance("a")
        let asNumber = session.view.proposed?.value
        #expect(number == nil || asNumber == number)
        #expect(asNumber == nil || fact.string.map { Int($0) != nil } ?? (fact == 7 || fact == 8))
    }

    // MARK: Requests that were made before

    private static let refund = """
        script: refund
        variables: {total: number}
        start: amount
        steps:
          amount: {ask: q, field: total, type: number, next: settle}
          settle:
            resolve: {action: '"refund"', amount: total, currency: '"EUR"', reason: '"late"'}
            as: settlement
            approved: good
            denied: bad
            rejected: bad
          good: {say: "Good", next: end}
          bad: {say: "Bad", next: end}
          end: {end: ok}
        """

    @Test("a request that still stands is not made again after going back", arguments: ResolutionStatus.allCases)
    func standing(status: ResolutionStatus) throws {
        var session = try Samples.session(Self.refund)
        try session.advance(5)
        let first = try #require(session.resolution)
        #expect(first.ticket == 1)
        try session.resolve(status)
        try session.apply(.back)
        #expect(session.view.step?.id == "amount")
        try session.advance(5)
        let stands = status == .approved || status == .pending
        #expect((session.resolution == nil) == stands)
        #expect(session.view.diagnostics.isEmpty != stands)
        if stands {
            #expect(session.view.step?.id == (status == .approved ? "good" : "settle"))
            #expect(session.state.requests.count == 1 && !session.state.requests[0].isUndone)
        } else {
            #expect(session.resolution?.ticket == 2 && session.state.requests.map(\.isUndone) == [true, false])
        }
        // Another amount is another request.
        try session.apply(.back)
        try session.advance(6)
        #expect(session.resolution?.amount == "6")
    }

    @Test func `an answer is taken once, for its ticket`() throws {
        var session = try Samples.session(Self.refund)
        try session.advance(5)
        let approved = ScriptResolution(id: "r1", status: .approved, details: [:])
        #expect(try session.refusal(.resolved(ticket: 2, approved)).code == .notFound)
        #expect(try session.refusal(.resolved(ticket: 0, approved)).code == .notFound)
        try session.apply(.resolved(ticket: 1, approved))
        #expect(session.view.step?.id == "good")
        #expect(try session.refusal(.resolved(ticket: 1, approved)).code == .conflict)
        #expect(try session.refusal(.resolveFailed(ticket: 1, "late")).code == .conflict)
    }
}
