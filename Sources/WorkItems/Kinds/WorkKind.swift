package import Vocabulary

/// A kind of work: its clocks, its ladder and what its outcome says.
package struct WorkKind: Sendable, Hashable {
    /// The rules of a clock.
    package struct ClockRule: Sendable, Hashable {
        /// The business time that it allows.
        package var within: Duration
        /// How long before it runs out people are told, the longest first.
        package var reminders: [Duration]
    }

    /// A field of an outcome.
    package struct Field: Sendable, Hashable {
        /// Its name.
        package var name: String
        /// Whether an item cannot be completed without it.
        package var isRequired: Bool
        /// The values that it may have; empty for a text.
        package var choices: [String]
    }

    /// The longest text in an outcome, in characters.
    static let longestText = 600

    /// Its name.
    package var name: String
    /// What it is called, by language.
    package var titles: [String: String]
    /// The team when the rules choose none.
    package var team: String
    /// The priority when the rules choose none.
    package var priority: WorkPriority
    /// Its clocks; a kind that declares `none` has none.
    package var clocks: [WorkClock: ClockRule]
    /// Whether its clocks stand still while its owner waits.
    package var pausesWhileWaiting: Bool
    /// Who is called when it is late, in order.
    package var ladder: [WorkRung]
    /// What an outcome says, in the order of the file.
    package var fields: [Field]

    /// What it is called in a language, the language without region, or English; else its name.
    package func title(in locale: String?) -> String {
        let tag = (locale ?? "en").lowercased()
        return titles[tag] ?? titles[String(tag.prefix { $0 != "-" })] ?? titles["en"] ?? titles.min {
            $0.key < $1.key
        }?.value
            ?? name
    }

    /// An outcome with the fields of this kind.
    ///
    /// - Throws: ``WorkError`` `invalid` with the field at fault.
    func checked(_ outcome: [String: String]) throws(WorkError) -> [String: String] {
        let known = fields.map(\.name).joined(separator: ", ")
        for name in outcome.keys.sorted() where !fields.contains(where: { $0.name == name }) {
            let expected = fields.isEmpty ? "no fields: work of the kind “\(self.name)” has none" : "one of \(known)"
            throw WorkError(.invalid, expected, argument: "outcome.\(name)")
        }
        for field in fields {
            guard let value = outcome[field.name] else {
                guard field.isRequired else { continue }
                let choices = field.choices.isEmpty ? "a text" : "one of \(field.choices.joined(separator: ", "))"
                throw WorkError(.invalid, choices, argument: "outcome.\(field.name)")
            }
            guard field.choices.isEmpty || field.choices.contains(value) else {
                throw WorkError(
                    .invalid,
                    "one of \(field.choices.joined(separator: ", "))",
                    argument: "outcome.\(field.name)"
                )
            }
            guard !value.allSatisfy(\.isWhitespace), value.count <= Self.longestText else {
                throw WorkError(
                    .invalid,
                    "a text of 1 to \(Self.longestText) characters",
                    argument: "outcome.\(field.name)"
                )
            }
        }
        return outcome
    }
}

/// A step of a ladder: who is called when work is late.
package struct WorkRung: Sendable, Hashable, Codable {
    /// Whom a step is for.
    package enum Audience: String, Sendable, Hashable, Codable, CaseIterable {
        /// The owner of the item.
        case owner
        /// The supervisors of its team.
        case lead
        /// The item goes back to its team, or to another one, for anybody there to take.
        case team
    }

    /// Whom it is for.
    package var audience: Audience
    /// The team that gets the item; nil for the one that has it.
    package var team: String?
    /// How much the alert matters.
    package var severity: Severity
    /// The business time until the next step; nil if that is taken only when another clock runs out.
    package var every: Duration?
}

/// The kinds of work in force.
///
/// ## Topics
/// - ``read(_:file:)``
/// - ``subscript(_:)``
package struct WorkBook: Sendable, Hashable {
    /// The book without kinds.
    package static let empty = WorkBook([])

    /// The kinds, in the order of the file.
    package let kinds: [WorkKind]
    private let byName: [String: Int]

    init(_ kinds: [WorkKind]) {
        self.kinds = kinds
        byName = Dictionary(kinds.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of the kinds.
    package var names: [String] { kinds.map(\.name) }

    /// A kind by its name.
    package subscript(name: String) -> WorkKind? { byName[name].map { kinds[$0] } }
}
