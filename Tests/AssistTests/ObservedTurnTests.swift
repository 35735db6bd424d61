import Assist
import Conversations
import Sentiment
import Storage
import Testing
import Vocabulary

/// Answers as they are kept.
@Suite struct ObservedTurnTests {
    /// As the first release kept it.
    private static let kept: JSON = [
        "turn": 3,
        "sentiment": [
            "status": "scored", "score": -0.612, "label": "negative",
            "because": [["text": "disgrace", "weight": -0.4]],
        ],
        "mood": ["now": -0.3, "trend": -0.1, "lowest": -0.5, "negative_streak": 2],
        "signals": [["kind": "threat_to_leave", "text": "cancel my contract"]],
        "suggestions": [
            [
                "article_id": "late", "title": "Late parcels", "snippet": "Parcels…", "score": 0.81,
                "because": "late, parcel", "locale": "en",
            ]
        ],
        "actions": [
            [
                "action_id": "3:say:threat_to_leave", "kind": "say", "title": "Ask what went wrong.", "score": 0.8,
                "because": "cancel my contract",
            ],
            [
                "action_id": "3:open_article:late", "kind": "open_article", "title": "Late parcels",
                "target": ["article_id": "late"], "score": 0.7, "because": "late",
            ],
        ],
        "alerts": ["al-7"],
        "replaces": "t2",
    ]

    @Test func `what the first release kept is read, and kept in the same form`() throws {
        let turn = try ObservedTurn(stored: Self.kept)
        #expect(turn.number == 3 && turn.sentiment?.label == .negative && turn.mood.negativeStreak == 2)
        #expect(turn.actions.map(\.id) == ["3:say:threat_to_leave", "3:open_article:late"])
        #expect(turn.stored == Self.kept)
    }

    @Test func `a turn that was not scored says so`() throws {
        var members = Self.kept.object ?? [:]
        members["sentiment"] = ["status": "unsupported"]
        let turn = try ObservedTurn(stored: .object(members))
        #expect(turn.sentiment == nil && turn.stored == .object(members))
    }

    @Test(arguments: ["turn", "sentiment", "mood", "signals", "suggestions", "actions", "alerts"])
    func `what is not understood is corrupt`(member: String) throws {
        let others: [JSON?] = [nil, .string("?"), .array(["?"]), .object(["kind": "unheard_of"])]
        for other in others {
            var members = Self.kept.object ?? [:]
            members[member] = other
            if member == "alerts", other == ["?"] { continue }
            #expect(
                performing: { try ObservedTurn(stored: .object(members)) },
                throws: { ($0 as? StorageError)?.code == .corrupt }
            )
        }
    }

    @Test func `what was sensitive goes with the advice that it led to`() throws {
        let turn = try ObservedTurn(stored: Self.kept).without(["threat_to_leave"])
        #expect(turn.signals.isEmpty && turn.actions.map(\.kind) == [.openArticle])
    }
}
