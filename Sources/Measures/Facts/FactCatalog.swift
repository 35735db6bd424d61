package import Vocabulary

/// The documented facts of each kind of record: what definitions of measures may read, and by what their figures are grouped.
///
/// `docs/measures.md` and `frontline measures facts` are made of it; a test compares it with what the sources of facts give.
package enum FactCatalog {
    /// The groups of every measure that has an agent.
    static let commonGroups = ["agent", "team", "channel"]

    /// The groups that a measure of a kind may have.
    package static func groups(of kind: RecordKind) -> [String] {
        switch kind {
        case .contacts: commonGroups
        case .turns: commonGroups + ["speaker", "locale", "label"]
        case .sessions: commonGroups + ["script"]
        case .resolutions: commonGroups + ["action", "reason"]
        case .alerts: commonGroups + ["kind", "severity"]
        case .searches: commonGroups + ["locale"]
        case .work: commonGroups + ["kind", "priority"]
        }
    }

    /// The facts of a kind of record, in the order of the documentation.
    package static func facts(of kind: RecordKind) -> [Fact] {
        common
            + {
                switch kind {
                case .contacts: contacts
                case .turns: turns
                case .sessions: sessions
                case .resolutions: resolutions
                case .alerts: alerts
                case .searches: searches
                case .work: work
                }
            }()
    }

    /// The facts that are derived for every record.
    private static let common = [
        text("agent", "Who leads the contact, or did it", "nina", isOptional: true),
        texts("teams", "The teams it belongs to", ["delivery"]),
        text("channel", "How the contact came in: `phone`, `chat`, `email`, …", "chat", isOptional: true),
        number("hour", "The hour of the day in which it began, 0 to 23, in the company's time zone", 14),
        text("weekday", "The day of the week on which it began: `monday` to `sunday`", "tuesday"),
    ]

    private static let contacts = [
        flag("is_closed", "Whether it has ended"),
        number("handle_seconds", "Seconds from its opening to its end; null while it is open", 420, isOptional: true),
        number("turns", "How many turns it had", 12),
        number("transfers", "How often somebody who led it handed it over", 1),
        number("mood_start", "The customer's mood after the first words, −1 to 1", -0.25, isOptional: true),
        number("mood_end", "The customer's mood after the last words, −1 to 1", 0.5, isOptional: true),
        number("mood_change", "`mood_end` less `mood_start`", 0.75, isOptional: true),
        flag("is_resolved", "Whether its disposition says that the concern was settled", isOptional: true),
        number(
            "days_since_previous",
            "Days since the customer's contact before it was opened; null without one",
            3.5,
            isOptional: true
        ),
    ]

    private static let turns = [
        text("speaker", "Who spoke: `customer`, `agent`, `bot`, `supervisor` or `system`", "customer"),
        number("position", "Its place in the contact, from 1", 3),
        text("locale", "The language that its sender gave; null without one", "en", isOptional: true),
        flag("is_scored", "Whether it was scored, which only the customer's turns are"),
        number("score", "How it feels, −1 to 1; null where it was not scored", -0.25, isOptional: true),
        text(
            "label",
            "The score in words, such as `negative`; null where it was not scored",
            "negative",
            isOptional: true
        ),
        number("mood", "The customer's mood after it, −1 to 1; 0 before the first score", -0.1),
        number(
            "unmet",
            "How likely it is that the customer's need is not met, as it alone says, 0 to 1; null where that was not measured",
            0.4,
            isOptional: true
        ),
        number("signals", "How many signals it gave, sensitive ones not counted", 1),
        texts("signal_kinds", "Their kinds, such as `threat_to_leave`", ["threat_to_leave"]),
        number("suggestions", "How many articles were suggested with it", 2),
        number("actions", "How many actions were advised with it, those for sensitive signals not counted", 3),
        number("alerts", "How many alerts it raised, or was added to", 1),
        text("previous_speaker", "Who took the turn before it; null for the first one", "agent", isOptional: true),
        number(
            "seconds_since_previous",
            "Seconds since the turn before it; null for the first one",
            12.5,
            isOptional: true
        ),
    ]

    private static let sessions = [
        text("script", "The script", "damaged-goods"),
        number("version", "The script's version", 2),
        text("status", "Where the session stands: `active`, `waiting`, `completed`, …", "completed"),
        flag("is_finished", "Whether it has ended"),
        number("seconds", "Seconds from its start to its end; null while it is open", 180, isOptional: true),
        number("required_done", "How many required steps were done", 4),
        number("required_total", "How many required steps were on its way", 5),
        number("deviations", "How often the script was left", 1),
        flag("is_order_kept", "Whether the steps were done in their order"),
        flag("is_in_contact", "Whether it belongs to a contact"),
    ]

    private static let resolutions = [
        text("action", "What was asked for, such as `refund`", "refund"),
        text("reason", "Why, such as `damaged`", "damaged"),
        text("status", "`approved`, `pending`, `denied`, `rejected`, `cancelled` or `expired`", "approved"),
        number("amount", "How much, in units of the currency; null without money", 49.90, isOptional: true),
        text("currency", "The currency; null without money", "EUR", isOptional: true),
        flag("is_automatic", "Whether the policy approved it without an approver"),
        flag("counts", "Whether it is granted and was not taken back, or waits"),
        number(
            "decision_seconds",
            "Seconds until an approver decided; null where none had to, or has not",
            600,
            isOptional: true,
            audience: .supervisor
        ),
    ]

    private static let alerts = [
        text("kind", "What kind of alert, such as `threat_to_leave`", "threat_to_leave"),
        text("severity", "`info`, `warning` or `critical`", "warning"),
        text("status", "`open`, `acknowledged`, `resolved` or `expired`", "resolved"),
        text("outcome", "What came of it, such as `helped`; null before", "helped", isOptional: true),
        number(
            "response_seconds",
            "Seconds until somebody acknowledged or resolved it; null if nobody has",
            45,
            isOptional: true,
            audience: .supervisor
        ),
        flag("is_escalated", "Whether nobody looked at it in time", audience: .supervisor),
        flag("is_muted", "Whether it is part of a surge"),
        flag("is_withdrawn", "Whether it was raised for nothing"),
        flag("is_in_contact", "Whether it belongs to a contact"),
    ]

    private static let searches = [
        text("locale", "The language searched in", "en"),
        number("hits", "How many articles were found", 8),
        number("uses", "How many articles were used after it", 1),
        flag("is_in_contact", "Whether it was made for a contact"),
    ]

    private static let work = [
        text("kind", "What kind of work, such as `callback`", "callback"),
        text("priority", "`low`, `normal`, `high` or `urgent`", "normal"),
        text("state", "`open`, `claimed`, `waiting`, `done` or `cancelled`", "done"),
        number("response_seconds", "Seconds until somebody took it; null if nobody has", 900, isOptional: true),
        number("done_seconds", "Seconds until it was done; null if it is not", 7_200, isOptional: true),
        flag("is_breached", "Whether one of its clocks ran out"),
        flag(
            "is_in_time",
            "Whether it was done before a clock ran out; null while that is open, for what was cancelled, and without clocks",
            isOptional: true
        ),
        flag("is_in_contact", "Whether it belongs to a contact"),
    ]

    private static func number(
        _ name: String,
        _ meaning: String,
        _ sample: Double,
        isOptional: Bool = false,
        audience: MeasureAudience = .agent
    ) -> Fact {
        Fact(
            name: name,
            kind: .number,
            isOptional: isOptional,
            audience: audience,
            meaning: meaning,
            sample: .number(sample)
        )
    }

    private static func text(
        _ name: String,
        _ meaning: String,
        _ sample: String,
        isOptional: Bool = false
    ) -> Fact {
        Fact(
            name: name,
            kind: .text,
            isOptional: isOptional,
            audience: .agent,
            meaning: meaning,
            sample: .text(sample)
        )
    }

    private static func texts(_ name: String, _ meaning: String, _ sample: [String]) -> Fact {
        Fact(
            name: name,
            kind: .texts,
            isOptional: false,
            audience: .agent,
            meaning: meaning,
            sample: .texts(sample)
        )
    }

    private static func flag(
        _ name: String,
        _ meaning: String,
        isOptional: Bool = false,
        audience: MeasureAudience = .agent
    ) -> Fact {
        Fact(
            name: name,
            kind: .flag,
            isOptional: isOptional,
            audience: audience,
            meaning: meaning,
            sample: .flag(true)
        )
    }
}

extension FactCatalog {
    /// The tables of `docs/measures.md`.
    package static func markdown(of kinds: [RecordKind]) -> String {
        kinds.map { kind in
            let groups = groups(of: kind).map { "`\($0)`" }.joined(separator: ", ")
            let rows = facts(of: kind).map { fact in
                let type = fact.kind.rawValue + (fact.isOptional ? " or null" : "")
                return "| `\(fact.name)` | \(type) | \(fact.audience.rawValue) | \(fact.meaning) |"
            }
            return
                "### \(kind.rawValue)\n\nGroups: \(groups).\n\n| fact | type | least role | meaning |\n|---|---|---|---|\n"
                + rows.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}
