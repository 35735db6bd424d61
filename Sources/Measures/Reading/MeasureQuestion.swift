/// A question for the values of a measure.
package struct MeasureQuestion: Sendable {
    /// What a row stands for.
    package enum Rows: Sendable, Hashable {
        case all
        case day
        case week
        case month
        case group(String)

        /// The rows of a name; nil for a name that is neither a period nor one of the groups.
        init?(_ name: String?, of definition: MeasureDefinition) {
            switch name {
            case nil: self = .all
            case "day": self = .day
            case "week": self = .week
            case "month": self = .month
            case let name? where definition.groups.contains(name): self = .group(name)
            default: return nil
            }
        }

        /// The name of the period in which a day lies; nil for rows that are no periods.
        func period(of day: Int64) -> String? {
            switch self {
            case .all, .group: nil
            case .day: MeasureDays.name(of: day)
            case .week: MeasureDays.week(of: day)
            case .month: MeasureDays.month(of: day)
            }
        }
    }

    /// One group that rows are restricted to.
    package struct Filter: Sendable, Hashable {
        let group: String
        let value: String
    }

    package let definition: MeasureDefinition
    /// The first day.
    package let from: Int64
    /// The day after the last.
    package let to: Int64
    package let rows: Rows
    package let filter: Filter?

    /// Puts a question.
    ///
    /// - Parameters:
    ///   - definition: the measure in force.
    ///   - from: the first day.
    ///   - to: the day after the last.
    ///   - by: what a row stands for: `day`, `week`, `month` or a group of the measure; nil for one row.
    ///   - group: what rows are restricted to, such as `team=delivery`.
    /// - Throws: ``MeasureError`` `invalid`.
    package init(
        _ definition: MeasureDefinition,
        from: Int64,
        to: Int64,
        by: String? = nil,
        group: String? = nil
    ) throws(MeasureError) {
        guard let rows = Rows(by, of: definition) else {
            let known = ["day", "week", "month"] + definition.groups
            throw MeasureError(.invalid, "one of \(known.joined(separator: ", "))", argument: "by")
        }
        (self.definition, self.from, self.to, self.rows) = (definition, from, to, rows)
        filter = try group.map { text throws(MeasureError) in try Filter(text, of: definition) }
    }
}

extension MeasureQuestion.Filter {
    /// Reads `name=value`.
    ///
    /// - Throws: ``MeasureError`` `invalid` for a name that is no group of the measure.
    init(_ text: String, of definition: MeasureDefinition) throws(MeasureError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, definition.groups.contains(String(parts[0])) else {
            let example = (definition.groups.first ?? "team") + "=…"
            let known = definition.groups.isEmpty ? "it has none" : definition.groups.joined(separator: ", ")
            throw MeasureError(.invalid, "a group of the measure as “\(example)”: \(known)", argument: "group")
        }
        (group, value) = (String(parts[0]), Place.line(String(parts[1])))
    }

    func includes(agent: String, teams: String, place: String) -> Bool {
        switch group {
        case "agent": agent == value
        case "team": Place.names(teams).contains(value) || value.isEmpty && teams.isEmpty
        default: Place.value(of: group, in: place) == value
        }
    }
}

/// A row of values.
package struct MeasureRow: Sendable, Hashable {
    /// What it stands for: `all`, a period or the value of a group, empty for records that have none.
    package let key: String
    /// The value; nil when it is suppressed, or there is none.
    package let value: Double?
    package let interval: MeasureInterval?
    /// On how many records it rests; 0 when it is suppressed.
    package let n: Int64
    package let isSuppressed: Bool
}
