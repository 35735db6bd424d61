import Assist
import Testing
import Texts

@Suite struct ScriptFinderTests {
    private static let scripts = [
        FindableScript(
            id: "late-delivery",
            version: 3,
            title: "Late delivery",
            locale: "en",
            tags: ["delivery"],
            examples: ["where is my parcel", "it should have come on monday", "my order has not arrived"]
        ),
        FindableScript(
            id: "double-charge",
            version: 1,
            title: "Charged twice",
            locale: "en",
            tags: ["billing"],
            examples: ["you took the money twice", "there are two debits for one order"]
        ),
        FindableScript(id: "plus", version: 1, title: "Cancel the Plus membership", locale: "en"),
        FindableScript(id: "akku", version: 1, title: "Heißer Akku", locale: "de", examples: ["mein Akku wird heiß"]),
        FindableScript(id: "any", version: 1, title: "Warranty claim", examples: ["the warranty of my mixer"]),
    ]

    private func found(_ turns: String..., locale: String = "en") -> String? {
        var talk = Talk()
        for turn in turns { talk.hear(turn) }
        return ScriptFinder(Self.scripts).scripts(for: talk, locale: locale, texts: .english).first?.script.id
    }

    @Test(
        "what customers say brings the script whose examples, title or tags say about the same",
        arguments: [
            ("Where is my parcel?", "late-delivery"), ("my orders haven't arrived", "late-delivery"),
            ("You have taken money twice!", "double-charge"), ("There are two debits for one order", "double-charge"),
            ("I want to cancel my plus membership", "plus"), ("I have a warranty claim", "any"),
        ]
    )
    func fits(text: String, script: String) {
        #expect(found(text) == script)
    }

    @Test(
        "nothing is offered when nothing fits",
        arguments: ["", "Hello!", "Yes.", "How do I top up with Apple Pay?", "My monitor has a dead pixel", "order"]
    )
    func fitsNothing(text: String) {
        #expect(found(text) == nil)
    }

    @Test("a turn without significant words finds no script, whatever was said before")
    func quietTurn() {
        #expect(found("Where is my parcel?", "Yes.") == nil)
    }

    @Test("a script is found only by talk in its language")
    func languages() {
        #expect(found("Mein Akku wird ganz heiß", locale: "de-AT") == "akku")
        #expect(found("Mein Akku wird ganz heiß", locale: "en") == nil)
        #expect(found("where is my parcel", locale: "de") == nil)
    }

    @Test("the result is explained and deterministic, also without any scripts")
    func reasons() throws {
        var talk = Talk()
        talk.hear("Where is my parcel?")
        let finder = ScriptFinder(Self.scripts)
        let first = try #require(finder.scripts(for: talk, locale: "en", texts: .english).first)
        #expect(first.because.contains("where is my parcel"))
        #expect((0.5...1).contains(first.score))
        for _ in 0..<20 {
            #expect(ScriptFinder(Self.scripts).scripts(for: talk, locale: "en", texts: .english).first == first)
        }
        #expect(ScriptFinder([]).scripts(for: talk, locale: "en", texts: .english).isEmpty)
    }
}
