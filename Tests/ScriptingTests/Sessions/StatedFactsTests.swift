import Access
import Scripting
import Testing
import Vocabulary

@Suite struct StatedFactsTests {
    private static let script = """
        script: stated
        title: Stated
        start: greet
        steps:
          greet: {say: "Hello {{customer.name}}.", next: [{when: 'customer.segment = "signature"', go: best}, {go: ask}]}
          ask: {ask: "How much?", field: total, type: number, next: pay}
          pay: {act: pay, with: {amount: {amount: total, currency: '"EUR"'}, word: customer.stated.segment}, next: done}
          best: {end: best}
          done: {end: done}
        """

    @Test func `texts show facts stated by agents, conditions ignore them, and money keeps its currency`()
        async throws
    {
        let bench = try await SessionBench(scripts: [Self.script])
        let context: JSONObject = ["customer": ["id": "c1", "name": "Mara", "segment": "signature"]]
        var session = try await bench.start("stated", context: context)
        #expect(session.view.step?.text == "Hello Mara.")
        session = try await bench.advance(session.revision)
        #expect(session.view.step?.id == "ask")
        session = try await bench.advance(session.revision, .number(try #require(JSONNumber(text: "9.50"))))
        #expect(session.view.step?.arguments?["amount"] == ["amount": "9.50", "currency": "EUR"])
        #expect(session.view.step?.arguments?["word"] == "signature")
    }

    @Test func `facts passed by an integration count as known`() async throws {
        let bench = try await SessionBench(scripts: [Self.script])
        let desktop = Principal(subject: "desktop", roles: [.agent, .integration])
        let context: JSONObject = ["customer": ["id": "c1", "segment": "signature"]]
        let session = try await bench.start("stated", context: context, for: desktop)
        #expect(try await bench.advance(session.revision, for: desktop).view.outcome == "best")
    }
}
