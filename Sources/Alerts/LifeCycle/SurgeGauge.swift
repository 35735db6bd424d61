import Texts

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
