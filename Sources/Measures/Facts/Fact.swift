import FEEL
package import IEEEDecimal
package import Storage
package import Vocabulary

/// The least role that may see a fact or a measure; auditors and admins see all of them.
package enum MeasureAudience: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Agents, about themselves, and everybody else.
    case agent
    /// Supervisors, about their teams.
    case supervisor

    package static func < (left: MeasureAudience, right: MeasureAudience) -> Bool {
        left == .agent && right == .supervisor
    }
}

/// A documented fact of the records of one kind.
package struct Fact: Sendable, Hashable {
    /// The types of facts.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case number
        case text
        case flag
        case texts
    }

    package let name: String
    package let kind: Kind
    /// Whether it can be null.
    package let isOptional: Bool
    /// The least role that may see it.
    package let audience: MeasureAudience
    /// What it means, with its unit.
    package let meaning: String
    /// A typical value, with which definitions are tried.
    package let sample: FactValue
}

/// The value of a fact.
///
/// A fact without a value is null.
package enum FactValue: Sendable, Hashable {
    case number(Decimal128)
    case text(String)
    case flag(Bool)
    case texts([String])

    package static func number(_ value: Int64) -> FactValue { .number(Decimal128(Int(value))) }
    package static func number(_ value: Double) -> FactValue { .number(Decimal128(value)) }

    /// The number that a decimal text writes; nil if it is none.
    package static func decimal(_ text: String) -> FactValue? { Decimal128(text).map(FactValue.number) }

    var value: Value {
        switch self {
        case .number(let number): .number(number)
        case .text(let text): .string(text)
        case .flag(let flag): .boolean(flag)
        case .texts(let texts): .list(texts.map(Value.string))
        }
    }
}

/// What the record says of one thing when it is counted: when and where it counts, and its facts.
///
/// Drawn from the record by a pure function; contains no data about customers.
package struct FactRecord: Sendable, Hashable {
    /// Its id among the records of its kind.
    package let id: String
    /// The conversation that it belongs to.
    package let conversation: String?
    /// When it counts, in microseconds since 1970: when it began.
    package let at: Int64
    package let agent: String?
    package let teams: [String]
    package let channel: String?
    /// The other facts by name; those without a value are absent.
    package let values: [String: FactValue]

    package init(
        id: String,
        conversation: String?,
        at: Int64,
        agent: String?,
        teams: [String],
        channel: String?,
        values: [String: FactValue]
    ) {
        self.id = id
        self.conversation = conversation
        self.at = at
        self.agent = agent
        self.teams = teams
        self.channel = channel
        self.values = values
    }
}

/// Where the records of one kind come from.
package protocol FactSource: Sendable {
    /// Which records.
    var kind: RecordKind { get }

    /// What the record says of a thing now; nil when it is not, or no longer, in the record.
    func record(_ id: String, in transaction: some SQLReading) throws -> FactRecord?

    /// The ids after one, in the order of ids.
    func ids(after id: String, limit: Int, in transaction: some SQLReading) throws -> [String]

    /// The ids of those that count from one time to before another, in microseconds since 1970.
    func ids(from: Int64, to: Int64, in transaction: some SQLReading) throws -> [String]
}
