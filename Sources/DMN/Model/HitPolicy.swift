/// What a decision table answers when several rules match (DMN 1.5, clause 8.2.10).
public enum HitPolicy: Sendable, Hashable {
    /// How the collect policy sums up.
    public enum Aggregation: String, Sendable, Hashable, CaseIterable {
        case sum = "SUM"
        case count = "COUNT"
        case minimum = "MIN"
        case maximum = "MAX"
    }

    /// At most one rule may match.
    case unique
    /// Rules that match together must agree.
    case any
    /// The match whose output stands first in the output values.
    case priority
    /// The first match in the order of the rules.
    case first
    /// All matches in the order of the rules.
    case ruleOrder
    /// All matches in the order of the output values.
    case outputOrder
    /// All matches, or a figure made from them.
    case collect(Aggregation?)

    /// Reads the attributes of a table; nil when the names are unknown.
    public init?(name: String, aggregation: String?) {
        switch name {
        case "UNIQUE": self = .unique
        case "ANY": self = .any
        case "PRIORITY": self = .priority
        case "FIRST": self = .first
        case "RULE ORDER": self = .ruleOrder
        case "OUTPUT ORDER": self = .outputOrder
        case "COLLECT":
            guard let aggregation else {
                self = .collect(nil)
                return
            }
            guard let known = Aggregation(rawValue: aggregation) else {
                return nil
            }
            self = .collect(known)
        default: return nil
        }
    }

    /// Whether the answer is a list of all matches.
    public var answersList: Bool {
        switch self {
        case .ruleOrder, .outputOrder, .collect(nil): true
        default: false
        }
    }
}

extension HitPolicy: CustomStringConvertible {
    /// The letter and sign that stand in a table's corner.
    public var description: String {
        switch self {
        case .unique: "U"
        case .any: "A"
        case .priority: "P"
        case .first: "F"
        case .ruleOrder: "R"
        case .outputOrder: "O"
        case .collect(nil): "C"
        case .collect(.sum?): "C+"
        case .collect(.count?): "C#"
        case .collect(.minimum?): "C<"
        case .collect(.maximum?): "C>"
        }
    }
}
