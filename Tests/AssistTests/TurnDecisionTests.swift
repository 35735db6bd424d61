import Alerts
import Assist
import Conversations
import Sentiment
import Testing
import Texts
import Vocabulary

/// What a turn comes to, decided without a store.
@Suite struct TurnDecisionTests {
    private static let signals = """
        signals:
          - kind: threat_to_leave
            severity: warning
            patterns: [cancel my contract]
          - kind: bereavement
            sensitive: true
            need: need.time
            patterns: [my husband died]
        """
    private let alerts: AlertRules
    private let rules: TurnRules

    init() throws {
        alerts = AlertRules(
            signals: try SignalBook(yaml: Self.signals, file: "signals.yaml"),
            texts: .builtIn,
            policy: nil
        )
        rules = TurnRules(alerts: alerts, advice: .builtIn)
    }

    private func decide(
        _ text: String,
        by speaker: Speaker = .customer,
        in conversation: Conversation = Conversation(id: "c", channel: "chat", agent: "anna", openedAt: 0),
        score: Double? = nil,
        suggestions: [Suggestion] = [],
        offer: Offer? = nil,
        script: OpenStep? = nil
    ) throws -> TurnDecision {
        let turn = try PreparedTurn(TurnDraft(conversationID: "c", speaker: speaker, text: text))
        var outlook = Outlook(
            turn,
            of: conversation,
            sentiment: score.map { SentimentScore(score: $0, because: []) },
            rules: alerts,
            texts: .builtIn("en")
        )
        (outlook.suggestions, outlook.offer, outlook.step) = (suggestions, offer, script)
        let fresh = FreshTurn(turn, of: conversation, arrivedAt: 5_000_000, sender: "anna")
        return TurnDecision(fresh, outlook, past: AlertPast(), rules: rules, now: 5_000_000)
    }

    @Test func `a turn moves the mood and the count of turns`() throws {
        let decision = try decide("this is a disgrace", score: -0.9)
        #expect(decision.conversation.turns == 1 && decision.conversation.mood.now < 0)
        #expect(decision.conversation.lastAt == 5_000_000)
    }

    @Test func `only customers are scored and advised on`() throws {
        let decision = try decide("I will cancel my contract", by: .agent, score: -0.9)
        #expect(decision.conversation.mood.scoredTurns == 0 && decision.actions.isEmpty)
    }

    @Test func `a signal with a severity raises its alert once in a turn, also without a policy`() throws {
        let decision = try decide("I will cancel my contract. Yes, cancel my contract!")
        #expect(decision.signals.map(\.kind) == ["threat_to_leave"])
        #expect(decision.alertKinds == ["threat_to_leave"] && decision.failure == nil)
    }

    @Test func `what is sensitive is not quoted, and stands as what the customer needs`() throws {
        let decision = try decide("I call because my husband died", score: -0.8)
        #expect(decision.signals.map(\.isSensitive) == [true])
        #expect(decision.signals[0].text.contains("husband") == false)
        #expect(decision.conversation.summary.text?.contains("husband") != true)
    }

    @Test func `articles and what may be settled become advice`() throws {
        let article = Suggestion(
            articleID: "late",
            locale: "en",
            title: "Late parcels",
            snippet: "…",
            score: 0.9,
            because: "late"
        )
        let offer = Offer(action: "refund", reason: "late", limit: .init(amount: "25.00", currency: "EUR"), because: "")
        let kinds = try decide("where is my parcel", suggestions: [article], offer: offer).actions.map(\.kind)
        #expect(kinds.contains(.openArticle) && kinds.contains(.offerResolution))
    }

    @Test func `the same turn comes to the same`() throws {
        let decisions = try (0..<3).map { _ in try decide("I will cancel my contract", score: -0.5) }
        #expect(Set(decisions.map(\.conversation)).count == 1)
        #expect(Set(decisions.map(\.actions)).count == 1)
    }
}
