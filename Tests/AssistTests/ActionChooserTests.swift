import Assist
import JSONRPC
import Testing

@Suite struct ActionChooserTests {
    private static let suggestion = Suggestion(
        articleID: "late",
        locale: "en",
        title: "Late parcel",
        snippet: "…",
        score: 0.9,
        because: "its title",
        fit: 2
    )
    private static let fit = ScriptFit(
        script: FindableScript(id: "late-delivery", version: 3, title: "Late delivery"),
        score: 0.8,
        because: "an example"
    )
    private static let step = OpenStep(
        sessionID: "s1",
        scriptID: "late-delivery",
        revision: 4,
        stepID: "amount",
        text: "What did the order cost?"
    )

    @Test("nothing known calls for nothing")
    func nothing() {
        #expect(ActionChooser.actions(for: ActionFacts(turn: 1)).isEmpty)
    }

    @Test(
        "a signal calls for what it needs",
        arguments: [
            ("safety", NextBestAction.Kind.escalate), ("supervisor_request", .escalate), ("legal_threat", .escalate),
            ("repeated_contact", .say), ("vulnerability", .say), ("threat_to_leave", .say), ("abuse", .say),
        ]
    )
    func signals(kind: String, action: NextBestAction.Kind) throws {
        let facts = ActionFacts(turn: 2, signals: [(kind, "the words")])
        let first = try #require(ActionChooser.actions(for: facts).first)
        #expect(first.kind == action)
        #expect(first.because.contains("the words"))
        #expect(first.id == "2:\(action.rawValue):\(kind)")
    }

    @Test("a turn that hurts calls for an apology, three in a low mood for a supervisor")
    func mood() {
        let once = ActionChooser.actions(for: ActionFacts(turn: 1, score: -0.7, mood: -0.2, negativeStreak: 1))
        #expect(once.map(\.kind) == [.say])
        let often = ActionChooser.actions(for: ActionFacts(turn: 5, score: -0.5, mood: -0.6, negativeStreak: 3))
        #expect(Set(often.map(\.kind)) == [.say, .escalate])
        #expect(ActionChooser.actions(for: ActionFacts(turn: 1, score: 0.5, mood: 0.3)).isEmpty)
    }

    @Test("the script that is open goes before the one that fits, and one that waits is left alone")
    func scripts() throws {
        let both = ActionFacts(turn: 1, step: Self.step, script: Self.fit)
        let actions = ActionChooser.actions(for: both)
        #expect(actions.map(\.kind) == [.advanceScript])
        #expect(actions.first?.target == ["session_id": "s1", "revision": 4, "step": "amount"])
        #expect(actions.first?.title == "What did the order cost?")
        let start = try #require(ActionChooser.actions(for: ActionFacts(turn: 1, script: Self.fit)).first)
        #expect(start.kind == .startScript)
        #expect(start.target == ["script_id": "late-delivery", "version": 3])
        let waiting = OpenStep(
            sessionID: "s1",
            scriptID: "a",
            revision: 1,
            stepID: "x",
            text: "",
            isWaiting: true
        )
        #expect(ActionChooser.actions(for: ActionFacts(turn: 1, step: waiting)).isEmpty)
    }

    @Test("what may be settled names the action, the reason and the limit")
    func offers() throws {
        let offer = Offer(
            action: "refund",
            reason: "late_delivery",
            limit: Offer.Limit(amount: "25.00", currency: "EUR"),
            because: "Tier 1 refunds up to 25.00"
        )
        let action = try #require(ActionChooser.actions(for: ActionFacts(turn: 1, mood: -0.3, offer: offer)).first)
        #expect(action.kind == .offerResolution)
        #expect(action.title == "Offer: refund (late delivery), up to 25.00 EUR")
        let limit: JSON = ["amount": "25.00", "currency": "EUR"]
        #expect(action.target?["limit"] == limit)
    }

    @Test("at most four, the most advised first, each with its own name, and the same each time")
    func order() {
        let facts = ActionFacts(
            turn: 7,
            score: -0.8,
            mood: -0.7,
            negativeStreak: 4,
            signals: [("safety", "smoke"), ("repeated_contact", "third time"), ("abuse", "idiot")],
            suggestions: [Self.suggestion],
            script: Self.fit,
            offer: Offer(action: "refund", reason: "late", because: "rule")
        )
        let actions = ActionChooser.actions(for: facts)
        #expect(actions.count == ActionChooser.maximum)
        #expect(actions.first?.kind == .escalate)
        #expect(zip(actions, actions.dropFirst()).allSatisfy { $0.score >= $1.score })
        #expect(Set(actions.map(\.id)).count == actions.count)
        #expect(actions.count { $0.kind == .escalate } == 1 && actions.count { $0.kind == .say } == 1)
        for _ in 0..<10 { #expect(ActionChooser.actions(for: facts) == actions) }
    }
}
