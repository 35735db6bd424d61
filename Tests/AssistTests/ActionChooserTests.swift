import Alerts
import Assist
import Testing
import Texts
import Vocabulary

/// The advice of the sample policy, which is also the built-in one.
@Suite struct ActionChooserTests {
    private static let english = TextSet.english
    private static let german = TextSet.builtIn("de")

    /// The facts after a turn; `heard` are the kinds of signals in earlier turns.
    private static func facts(
        _ turn: Int64 = 1,
        score: Double? = nil,
        mood: Double = 0,
        streak: Int = 0,
        signals: [Signal] = [],
        heard: [String] = [],
        suggestions: [Suggestion] = [],
        step: OpenStep? = nil,
        script: ScriptFit? = nil,
        offer: Offer? = nil
    ) -> ActionFacts {
        let kinds = signals.map(\.kind) + heard
        let observed: JSONObject = [
            "turn": [
                "speaker": "customer", "text": "…", "score": score.map { .init(floatLiteral: $0) } ?? .null,
                "label": .null,
                "signals": .array(signals.map { ["kind": .string($0.kind), "text": .string($0.text)] }),
            ],
            "conversation": [
                "id": "c", "channel": "chat", "mood": .init(floatLiteral: mood), "trend": 0, "lowest": 0,
                "negative_streak": .number(JSONNumber(streak)), "turns": 1, "seconds": 1,
                "signals": .array(kinds.map { ["kind": .string($0), "count": 1] }), "alerts": [],
            ],
            "customer": [:], "agent": [:],
        ]
        return ActionFacts(
            turn: turn,
            observed: observed,
            signals: signals,
            suggestions: suggestions,
            step: step,
            script: script,
            offer: offer
        )
    }

    private static func actions(_ facts: ActionFacts, _ texts: TextSet = english) -> [NextBestAction] {
        let (actions, failure) = ActionChooser.actions(for: facts, rules: .builtIn, texts: texts, now: 0)
        #expect(failure == nil)
        return actions
    }

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

    @Test("without facts there are no actions")
    func nothing() {
        #expect(Self.actions(Self.facts()).isEmpty)
    }

    @Test(
        "a signal calls for what it needs",
        arguments: [
            ("safety", ActionKind.escalate), ("supervisor_request", .escalate), ("legal_threat", .escalate),
            ("repeated_contact", .say), ("vulnerability", .say), ("threat_to_leave", .say), ("abuse", .say),
        ]
    )
    func signals(kind: String, action: ActionKind) throws {
        let facts = Self.facts(2, signals: [Signal(kind: kind, text: "the words")])
        let first = try #require(Self.actions(facts).first)
        #expect(first.kind == action)
        #expect(first.because.contains("the words"))
        #expect(first.id == "2:\(action.rawValue):\(kind)")
    }

    @Test("a hurtful turn suggests an apology, and a third in a low mood a supervisor")
    func mood() {
        let once = Self.actions(Self.facts(score: -0.7, mood: -0.2, streak: 1))
        #expect(once.map(\.kind) == [.say])
        let often = Self.actions(Self.facts(5, score: -0.5, mood: -0.6, streak: 3))
        #expect(Set(often.map(\.kind)) == [.say, .escalate])
        #expect(Self.actions(Self.facts(score: 0.5, mood: 0.3)).isEmpty)
    }

    @Test("an open script takes precedence over one that fits, unless it is waiting")
    func scripts() throws {
        let actions = Self.actions(Self.facts(step: Self.step, script: Self.fit))
        #expect(actions.map(\.kind) == [.advanceScript])
        #expect(actions.first?.target == ["session_id": "s1", "revision": 4, "step": "amount"])
        #expect(actions.first?.title == "What did the order cost?")
        let start = try #require(Self.actions(Self.facts(script: Self.fit)).first)
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
        #expect(Self.actions(Self.facts(step: waiting)).isEmpty)
    }

    @Test("an offer names the action, the reason and the limit")
    func offers() throws {
        let offer = Offer(
            action: "refund",
            reason: "late_delivery",
            limit: Offer.Limit(amount: "25.00", currency: "EUR"),
            because: "Tier 1 refunds up to 25.00"
        )
        let action = try #require(Self.actions(Self.facts(mood: -0.3, offer: offer)).first)
        #expect(action.kind == .offerResolution)
        #expect(action.title == "Offer: refund (late delivery), up to 25.00 EUR")
        let limit: JSON = ["amount": "25.00", "currency": "EUR"]
        #expect(action.target?["limit"] == limit)
    }

    @Test("at most four actions are returned, by score, with unique ids and deterministically")
    func order() {
        let facts = Self.facts(
            7,
            score: -0.8,
            mood: -0.7,
            streak: 4,
            signals: [
                Signal(kind: "safety", text: "smoke"), Signal(kind: "repeated_contact", text: "third time"),
                Signal(kind: "abuse", text: "idiot"),
            ],
            suggestions: [Self.suggestion],
            script: Self.fit,
            offer: Offer(action: "refund", reason: "late", because: "rule")
        )
        let actions = Self.actions(facts)
        #expect(actions.count == ActionChooser.maximum)
        #expect(actions.first?.kind == .escalate)
        #expect(zip(actions, actions.dropFirst()).allSatisfy { $0.score >= $1.score })
        #expect(Set(actions.map(\.id)).count == actions.count)
        #expect(actions.count { $0.kind == .escalate } == 1 && actions.count { $0.kind == .say } == 1)
        for _ in 0..<10 { #expect(Self.actions(facts) == actions) }
    }

    @Test(
        "danger, a threat, self-harm, a death and a wish to be deleted silence apologies and offers to stay",
        arguments: ["safety", "threat_of_violence", "self_harm", "bereavement", "deletion_request"]
    )
    func silence(kind: String) {
        let facts = Self.facts(
            score: -0.9,
            mood: -0.3,
            streak: 1,
            signals: [Signal(kind: kind, text: "…"), Signal(kind: "threat_to_leave", text: "…")]
        )
        let titles = Self.actions(facts).map(\.title)
        for key in ["assist.apologise", "assist.threat_to_leave"] {
            #expect(!titles.contains(Self.english.text(key)), "\(titles)")
        }
    }

    @Test(
        "after talk of self-harm, a death or deletion that holds for the rest of the contact",
        arguments: [("self_harm", true), ("bereavement", true), ("deletion_request", true), ("safety", false)]
    )
    func lastingSilence(kind: String, isSilent: Bool) {
        let facts = Self.facts(score: -0.9, mood: -0.3, streak: 1, heard: [kind])
        #expect(Self.actions(facts).isEmpty == isSilent)
    }

    @Test("for a sensitive signal the need is shown, but none of the customer's words")
    func sensitive() throws {
        let signal = Signal(kind: "vulnerability", text: "my cancer", need: "need.care")
        let action = try #require(Self.actions(Self.facts(signals: [signal])).first)
        #expect(action.because == Self.english.text("need.care"))
        #expect(!"\(action)".contains("cancer"))
    }

    @Test("the texts are German for a German agent")
    func german() throws {
        let offer = Offer(
            action: "refund",
            reason: "late_delivery",
            limit: Offer.Limit(amount: "1250.00", currency: "EUR"),
            because: "Stufe 1"
        )
        let action = try #require(Self.actions(Self.facts(offer: offer), Self.german).first)
        #expect(action.title == "Anbieten: Erstattung (verspätete Lieferung), bis 1.250,00 €")
        let leave = Self.facts(signals: [Signal(kind: "threat_to_leave", text: "kündigen")])
        #expect(Self.actions(leave, Self.german).first?.because == "Der Kunde hat gesagt: „kündigen“")
    }
}
