import Scripting
import Testing
import Vocabulary

/// What is proposed at a step, and what becomes of it.
@Suite struct ProposalTests {
    static let extractors = """
        extractors:
          number: {kind: pattern, pattern: "A[0-9]{3}"}
          size: {kind: number, least: 1, most: 99}
          wish: {kind: choice, choices: {new: ["new (one)?"], money: [money, refund]}}
          day: {kind: date}
        languages:
          en: {relative: {yesterday: -1}}
        """
    static let script = """
        script: fill
        locale: en
        variables: {size: number, secret: {type: string, sensitive: true}}
        start: greet
        steps:
          greet: {say: "Hello", next: number}
          number: {ask: "Number?", field: number, type: string, from: {said: number}, required: true, next: size}
          size: {ask: "Size?", field: size, type: number, from: {said: size}, next: name}
          name: {ask: "Name?", field: name, type: string, from: customer.name, next: wish}
          wish:
            ask: "What?"
            field: wish
            from: {said: wish}
            choices: [{label: New, value: new, next: done}, {label: Money, value: money, next: paid}]
          paid: {end: paid}
          done: {end: sent}
        """

    static func book() throws -> ExtractorBook {
        let (book, diagnostics) = ExtractorBook.read(extractors, file: "extractors.yaml")
        return try #require(book, "\(diagnostics.map(\.description))")
    }

    static func hearing(_ texts: String...) throws -> ScriptHearing {
        ScriptHearing(
            texts.enumerated().map { HeardTurn(number: Int64($0 * 2 + 1), text: $1, at: 86_400_000_000, locale: nil) },
            book: try book()
        )
    }

    @Test("the newest value that the step accepts is proposed, with its turn")
    func newest() throws {
        var session = try Samples.session(Self.script)
        session.hearing = try Self.hearing("It is A100, size 7", "no, A200", "I have 120 of them")
        #expect(session.view.proposed == nil)
        try session.advance()
        #expect(session.view.proposed == ScriptProposal(value: "A200", origin: .turn(3)))
        try session.apply(.accept(turn: 3))
        #expect(session.view.variables["number"] == "A200")
        // 120 is out of bounds, A200 is a code, and the 7 stands in the first turn.
        #expect(session.view.proposed == ScriptProposal(value: 7, origin: .turn(1)))
    }

    @Test("only the last turns count where a step says so")
    func within() throws {
        let source = Self.script.replacing("from: {said: size}", with: "from: {said: size, within: 1}")
        var session = try Samples.session(source)
        session.hearing = try Self.hearing("size 7", "hello")
        try session.advance()
        try session.advance("x")
        #expect(session.view.step?.id == "size" && session.view.proposed == nil)
        session.hearing = try Self.hearing("size 7", "hello", "or 8")
        #expect(session.view.proposed?.value == 8)
    }

    @Test("a proposal answers nothing by itself, and another answer counts")
    func answer() throws {
        var session = try Samples.session(Self.script)
        session.hearing = try Self.hearing("A100")
        try session.advance()
        #expect(session.view.step?.id == "number" && session.view.variables["number"] == nil)
        try session.advance("B1")
        #expect(session.view.variables["number"] == "B1" && session.view.step?.id == "size")
    }

    @Test("a known fact is proposed, also one that an agent has stated")
    func fact() throws {
        let subject = ScriptSubject(customer: ["stated": ["name": "Ada"]])
        var session = try Samples.session(Self.script, subject: subject)
        try session.advance()
        try session.advance("x")
        try session.advance(5)
        #expect(session.view.proposed == ScriptProposal(value: "Ada", origin: .fact("customer.name")))
        try session.apply(.accept(turn: nil))
        #expect(session.view.variables["name"] == "Ada")
    }

    @Test("a choice that is accepted leads where that choice leads")
    func choice() throws {
        var session = try Samples.session(Self.script)
        session.hearing = try Self.hearing("I want my money back")
        try session.advance()
        try session.advance("x")
        try session.advance(5)
        try session.advance("n")
        #expect(session.view.proposed?.value == "money")
        try session.apply(.accept(turn: nil))
        #expect(session.view.outcome == "paid" && session.view.proposed == nil)
    }

    @Test("accepting nothing, or what has changed since, is a conflict that changes nothing")
    func conflicts() throws {
        var session = try Samples.session(Self.script)
        #expect(try session.refusal(.accept(turn: nil)).argument == "accept")
        try session.advance()
        #expect(try session.refusal(.accept(turn: nil)).code == .conflict)
        session.hearing = try Self.hearing("A100", "A200")
        let error = try session.refusal(.accept(turn: 1))
        #expect(error.code == .conflict && error.argument == "turn")
        try session.apply(.accept(turn: 3))
        #expect(session.view.variables["number"] == "A200")
        try session.apply(.back)
        #expect(session.view.step?.id == "number" && session.view.proposed?.value == "A200")
    }

    @Test("personal data that a fact contains is stored redacted when it is accepted")
    func personalData() throws {
        let source = """
            script: mail
            start: to
            steps:
              to: {ask: "Where to?", field: address, type: string, from: customer.email, next: send}
              send: {act: send, with: {to: address}, next: done}
              done: {end: ok}
            """
        var session = try Samples.session(source, subject: ScriptSubject(customer: ["email": "ada@example.com"]))
        #expect(session.view.proposed?.value == "ada@example.com")
        try session.apply(.accept(turn: nil))
        #expect(session.view.variables["address"] == "[email]")
        #expect(session.view.step?.arguments?["to"] == "ada@example.com")
    }

    @Test(
        "mistakes of “from” are reported where they are",
        arguments: [
            ("from: custmer.name", "did you mean “customer”"), ("from: customer", "expected a fact as customer.email"),
            ("from: {said: }", "expected the name of an extractor"), ("from: {heard: x}", "unknown member “heard”"),
            ("from: {said: numbr}", "did you mean “number”"),
            ("from: {said: day}", "finds a date, the step asks for a number"),
            ("from: customer..name", "expected a fact"), ("from: [a]", "expected a fact"),
        ]
    )
    func mistakes(_ from: String, _ message: String) throws {
        let source = """
            script: x
            start: a
            steps:
              a: {ask: "A?", field: n, type: number, \(from), next: b}
              b: {end: ok}
            """
        let surroundings = ScriptSurroundings(extractors: try Self.book())
        let found = ScriptCheck.run(source, file: "x", surroundings: surroundings).diagnostics
        #expect(
            found.contains { $0.severity == .error && $0.place.line == 4 && $0.message.contains(message) },
            "\(found.map(\.description))"
        )
    }

    @Test("a sensitive variable is never proposed")
    func sensitive() throws {
        let source = """
            script: x
            variables: {pin: {type: string, sensitive: true}}
            start: a
            steps:
              a: {ask: "A?", field: pin, type: string, from: {said: number}, next: b}
              b: {end: ok}
            """
        let found = Samples.diagnostics(source).filter { $0.severity == .error }
        #expect(found.map(\.code) == [.sensitive])
    }

    @Test("a case says what the customer says, and accepts it")
    func cases() throws {
        let passing = """
            cases:
              - name: said
                customer: {name: Ada}
                said: ["A100, size 7", "my money"]
                answers: {number: {accept: true}, size: {accept: true}, name: {accept: true}, wish: {accept: true}}
                variables: {number: A100, size: 7, name: Ada}
                outcome: paid
            """
        let surroundings = ScriptSurroundings(extractors: try Self.book())
        let good = ScriptCheck.run(Self.script + "\n" + passing, file: "x", surroundings: surroundings)
        #expect(good.diagnostics.isEmpty, "\(good.diagnostics.map(\.description))")
        let failing = passing.replacing("A100, size 7", with: "size 7")
        let bad = ScriptCheck.run(Self.script + "\n" + failing, file: "x", surroundings: surroundings)
        #expect(bad.diagnostics.map(\.message).contains { $0.contains("nothing is proposed at this step") })
    }

    /// Compares by the first letter.
    private struct FirstLetters: MeaningPort {
        func similarities(of text: String, to phrases: [String], locale: String) -> [Double]? {
            locale == "en" ? phrases.map { $0.first == text.first ? 0.9 : 0.2 } : nil
        }
    }

    @Test("a choice is found by meaning where no word names it, above the bar and by a margin")
    func meaning() throws {
        let source = """
            extractors:
              wish:
                kind: choice
                choices: {new: {words: [new], like: [xylophone, zebra]}, money: {words: [money], like: [yoghurt, zoo]}}
                meaning: {similarity: 0.5, margin: 0.1}
            """
        let book = try #require(ExtractorBook.read(source, file: "x").book)
        func proposed(_ text: String, locale: String = "en") throws -> JSON? {
            let turns = [HeardTurn(number: 1, text: text, at: 0, locale: locale)]
            var session = try Samples.session(Self.script)
            session.hearing = ScriptHearing(turns, book: book, meaning: FirstLetters())
            for value: JSON? in [nil, "x", 5, "n"] { try session.advance(value) }
            return session.view.proposed?.value
        }
        #expect(try proposed("xy") == "new" && proposed("ya") == "money")
        #expect(try proposed("z, as near to both") == nil && proposed("q") == nil)
        #expect(try proposed("xy", locale: "de") == nil)
        #expect(try proposed("xy money") == "money")
    }
}
