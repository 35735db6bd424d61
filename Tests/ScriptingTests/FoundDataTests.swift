import Scripting
import Testing
import Vocabulary

/// Personal data in values not declared sensitive by a script.
@Suite struct FoundDataTests {
    private static let callback = """
        script: callback
        variables: {phone: string, total: number, sent: any}
        start: number
        steps:
          number: {ask: "Which number?", field: phone, type: string, next: sum}
          sum: {ask: "How much?", field: total, type: number, next: book}
          book: {act: book, with: {to: phone, sum: total}, as: sent, next: again, failed: done}
          again: {act: remind, with: {to: phone}, next: other}
          other: {run: inner, with: {number: phone}, next: done}
          done: {end: kept}
        """
    private static let inner = """
        script: inner
        variables: {number: string}
        start: call
        steps:
          call: {act: call, with: {number: number}, next: done}
          done: {end: called}
        """

    private static func isKept(_ session: Session, _ text: String) throws -> Bool {
        try JSONEncoding.encode(session.state).description.contains(text)
    }

    @Test func `personal data found in values stays in memory for act steps and is stored redacted`() throws {
        var session = try Samples.session(Self.callback, Self.inner)
        try session.advance("0171 5551234")
        #expect(session.view.variables["phone"] == "[phone]")
        try session.advance(4_111_111_111_111_111)
        #expect(session.view.variables["total"] == nil)
        #expect(session.view.step?.arguments == ["to": "0171 5551234", "sum": 4_111_111_111_111_111])
        #expect(session.engine.view(session.state).step?.arguments?["to"] == "[phone]")
        try session.advance(["ok": true, "result": ["4111111111111111": 5_555_555_555_554_444]])
        #expect(session.view.variables["sent"] == ["[card]": "[card]"])
        #expect(session.view.step?.arguments == ["to": "0171 5551234"])
        try session.advance(["ok": true])
        #expect(session.view.step?.arguments == ["number": "0171 5551234"])
        #expect(try !Self.isKept(session, "5551234") && !Self.isKept(session, "4111") && !Self.isKept(session, "4444"))
        try session.advance(["ok": false, "error": "no such number 0171 5551234"])
        #expect(try !Self.isKept(session, "5551234"))
    }

    @Test func `going back drops a found value, and a new value replaces it`() throws {
        var session = try Samples.session(Self.callback, Self.inner)
        try session.advance("0171 5551234")
        try session.apply(.back)
        #expect(session.secrets.isEmpty)
        try session.advance("extension 12")
        #expect(session.view.variables["phone"] == "extension 12" && session.secrets.isEmpty)
    }

    @Test func `a context is stored without personal data, and its values still reach act steps`() throws {
        let subject = ScriptSubject(
            context: ["phone": "0171 5551234", "customer": ["id": "c-1"], "4111111111111111": 378_282_246_310_005]
        )
        var session = try Samples.session(Self.callback, Self.inner, subject: subject)
        try session.apply(.jump(step: "book", reason: "known", isSupervisor: true))
        #expect(session.view.step?.arguments?["to"] == "0171 5551234")
        for text in ["5551234", "4111", "3782"] { #expect(try !Self.isKept(session, text)) }
        #expect(session.state.subject.context["customer"]?["id"] == "c-1")
    }
}
