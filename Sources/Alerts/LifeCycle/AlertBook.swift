import Texts
package import Vocabulary

/// What a conversation's alerts have been through: a pure state machine that keeps them few.
///
/// Of each kind there is at most one live alert in a conversation; asked for again, it counts up. One that is over is
/// raised anew only when its condition was gone for a turn of the same speaker in between (hysteresis), its cooldown
/// has passed, and its maximum in the conversation is not reached. Whatever the policy asks for, a conversation raises
/// at most ``maximumAlerts`` alerts.
package struct AlertBook: Sendable, Hashable, Codable {
    /// What becomes of a candidate.
    package enum Action: Sendable, Hashable {
        /// There is none that is live: raise one.
        case raise(AlertCandidate)
        /// The live one of its kind counts up.
        case recur(AlertCandidate)
    }

    private struct Condition: Sendable, Hashable, Codable {
        /// Whether it held when it was last looked at.
        var isMet = false
        /// Whose turns show whether it holds.
        var speaker: Speaker
        /// How often an alert was raised for it.
        var raised = 0
        /// Until when it stays quiet.
        var quietUntil = Int64.min
    }

    /// In one conversation, of all kinds together.
    package static let maximumAlerts = 20

    private var conditions: [String: Condition] = [:]
    private var raised = 0

    package init() {}

    /// Decides on the candidates of a turn.
    ///
    /// - Parameters:
    ///   - candidates: what the policy asks for; of one kind the most severe counts.
    ///   - live: the kinds of the conversation's alerts that are open or acknowledged.
    ///   - speaker: whose turn it is.
    ///   - now: the time.
    /// - Returns: what to do, in the order of the candidates.
    package mutating func decide(
        _ candidates: [AlertCandidate],
        live: Set<String>,
        speaker: Speaker,
        now: Int64
    ) -> [Action] {
        let candidates = Self.oneOfAKind(candidates)
        let kinds = Set(candidates.map(\.kind))
        for (kind, condition) in conditions where condition.speaker == speaker && !kinds.contains(kind) {
            conditions[kind]?.isMet = false
        }
        return candidates.compactMap { candidate in
            if live.contains(candidate.kind) {
                conditions[candidate.kind, default: Condition(speaker: speaker)].isMet = true
                return .recur(candidate)
            }
            return raise(candidate, speaker: speaker, now: now)
        }
    }

    private mutating func raise(_ candidate: AlertCandidate, speaker: Speaker, now: Int64) -> Action? {
        var condition = conditions[candidate.kind] ?? Condition(speaker: speaker)
        guard !condition.isMet, condition.quietUntil <= now, condition.raised < candidate.maximumPerConversation,
            raised < Self.maximumAlerts
        else { return nil }
        condition.isMet = true
        condition.speaker = speaker
        condition.raised += 1
        condition.quietUntil = now + Int64(candidate.cooldownSeconds) * 1_000_000
        conditions[candidate.kind] = condition
        raised += 1
        return .raise(candidate)
    }

    private static func oneOfAKind(_ candidates: [AlertCandidate]) -> [AlertCandidate] {
        var result: [AlertCandidate] = []
        for candidate in candidates {
            if let index = result.firstIndex(where: { $0.kind == candidate.kind }) {
                if candidate.severity > result[index].severity { result[index] = candidate }
            } else {
                result.append(candidate)
            }
        }
        return result
    }
}

/// When many alerts of one group are one incident, and when it is over: two thresholds, so that it does not flicker.
package enum SurgeGauge {
    /// How far back contacts are counted.
    package static let window: Int64 = 15 * 60 * 1_000_000
    /// So many contacts of one group within the window are a surge.
    package static let beginning = 5
    /// So many, or fewer, are none any more.
    package static let ending = 2
    /// How often a surge that goes on is looked at.
    package static let pause: Int64 = 60 * 1_000_000

    /// What to do about a group.
    package enum Verdict: Sendable, Hashable {
        case nothing
        case begin
        case ongoing
        case end
    }

    /// Judges a group by its contacts within the window, the one at hand included.
    package static func judge(contacts: Int, isSurging: Bool) -> Verdict {
        if isSurging { return contacts <= ending ? .end : .ongoing }
        return contacts >= beginning ? .begin : .nothing
    }

    /// What the alert says that stands for all of a group.
    static func reason(group: String, contacts: Int) -> KeyedText {
        KeyedText(
            AlertTextKey.surge,
            [
                "count": .count(contacts), "group": .name(group: "group", code: group),
                "minutes": .count(Int(window / 60_000_000)),
            ]
        )
    }
}
