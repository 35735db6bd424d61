import Scripting
import Testing
import Vocabulary

@Suite("ScriptEngine")
struct ScriptEngineTests {
    private let ada = ScriptSubject(customer: ["name": "Ada"])

    @Test("walks a script from its first step to its end")
    func walk() throws {
        var session = try Samples.session(Samples.lateDelivery, Samples.callback, subject: ada)
        #expect(session.view.step?.text == "Hello Ada, I am sorry your parcel is late.")
        #expect(session.state.revision == 1)
        #expect(try session.advance().step?.choices?.map(\.value) == ["yes", "no"])
        #expect(try session.advance("no").step?.type == .number)
        try session.advance(.number(try #require(JSONNumber(text: "49.90"))))
        try session.advance("D02 X285")
        let request = try #require(session.resolution)
        #expect(request.action == "refund")
        #expect(request.amount == "49.90")
        #expect(request.currency == "EUR")
        let view = try session.resolve(.approved)
        #expect(view.status == .active)
        #expect(view.step?.action == "issue_refund")
        #expect(view.step?.arguments?["id"] == "r1")
        #expect(try session.advance(["ok": true, "result": ["no": "7"]]).status == .completed)
        #expect(session.view.outcome == "resolved")
        #expect(session.view.path == ["greet", "reason", "amount", "code", "settle", "refund", "done"])
        #expect(session.view.variables["receipt"] == ["no": "7"])
        #expect(session.state.done == ["amount"])
    }

    @Test("waits while a resolution is pending, then follows its decision")
    func pending() throws {
        var session = try Samples.session(Samples.lateDelivery, Samples.callback, subject: ada)
        for value in [nil, "no", 700, "x"] as [JSON?] { try session.advance(value) }
        let ticket = try #require(session.resolution).ticket
        let view = try session.resolve(.pending)
        #expect(view.status == .waiting)
        #expect(view.step?.resolutionID == "r1")
        #expect(try session.refusal(.advance(nil)).code == .conflict)
        #expect(session.engine.outstanding(session.state).isEmpty)
        try session.apply(.resolved(ticket: ticket, .init(id: "r1", status: .rejected, details: [:])))
        #expect(session.view.step?.id == "explain")
    }

    @Test("passes a sensitive value only to the next action")
    func sensitive() throws {
        var session = try Samples.session(Samples.lateDelivery, Samples.callback, subject: ada)
        for value in [nil, "no", 20, "D02 X285"] as [JSON?] { try session.advance(value) }
        let ticket = try #require(session.resolution).ticket
        try session.apply(.note("she lives at D02 X285"))
        #expect(session.view.notes.map(\.text) == ["she lives at …"])
        func isKept(_ session: Session) throws -> Bool {
            try JSONEncoding.encode(session.state).description.contains("D02")
        }
        #expect(try !isKept(session))
        try session.apply(.resolved(ticket: ticket, .init(id: "r1", status: .approved, details: [:])))
        #expect(session.view.step?.arguments?["postcode"] == "D02 X285")
        #expect(session.view.variables["postcode"] == nil)
        #expect(try !isKept(session))
        #expect(session.engine.view(session.state).step?.arguments?["postcode"] == nil)
        try session.advance(["ok": false, "error": "no card"])
        #expect(session.view.step?.id == "desk")
        #expect(session.secrets.isEmpty)
        #expect(try !isKept(session))
    }

    @Test("runs another script and returns with its variables")
    func run() throws {
        var session = try Samples.session(Samples.lateDelivery, Samples.callback, subject: ada)
        for value in [nil, "yes"] as [JSON?] { try session.advance(value) }
        #expect(session.view.step?.id == "promise-callback/ask-number")
        #expect(session.view.step?.text == "Which number, Ada?")
        for value in ["0123", "2026-11-21"] as [JSON] { try session.advance(value) }
        #expect(session.view.status == .completed)
        #expect(
            session.view.path == [
                "greet", "reason", "wait", "promise-callback/ask-number", "promise-callback/ask-day",
                "promise-callback/kept", "done",
            ]
        )
        let promise: JSON = ["outcome": "promised", "day": "2026-11-21", "number": "0123"]
        #expect(session.view.variables["promise"] == promise)
    }

    @Test("the status of a resolution determines the next step", arguments: ResolutionStatus.allCases)
    func statuses(status: ResolutionStatus) throws {
        let source = """
            script: all
            title: All
            start: a
            steps:
              a: {resolve: {action: '"x"', reason: '"y"'}, approved: approved, denied: denied, rejected: rejected,
                  cancelled: cancelled, expired: expired}
              approved: {say: yes, next: end}
              denied: {say: no, next: end}
              rejected: {say: no, next: end}
              cancelled: {say: no, next: end}
              expired: {say: no, next: end}
              end: {end: ok}
            """
        var session = try Samples.session(source)
        let view = try session.resolve(status)
        #expect(view.step?.id == (status == .pending ? "a" : status.rawValue))
        #expect(view.status == (status == .pending ? .waiting : .active))
    }
}
