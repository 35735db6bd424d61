import Vocabulary

/// The published measures: those in force now, and the version that counts on each day.
///
/// A version counts from the day after its publication, the first one on all days: a publication changes no figure of the day
/// under way nor of any day before it.
package struct MeasureBook: Sendable {
    /// From which day on a version counts.
    struct Term: Sendable, Hashable {
        let day: Int64
        let version: Int64
    }

    /// A version of a measure.
    struct Key: Hashable, Sendable {
        let measure: String
        let version: Int64
    }

    /// A measure in force.
    package struct Entry: Sendable {
        package let definition: MeasureDefinition
        package let version: Int64
        package let sha256: String
    }

    /// The first day of the first term.
    static let always = Int64(Int32.min)

    let inForce: [String: Entry]
    let versions: [Key: MeasureDefinition]
    /// In the order of days.
    let terms: [String: [Term]]

    /// The measures in force, by name.
    package var entries: [Entry] { inForce.values.sorted { $0.definition.name < $1.definition.name } }

    /// The measure in force of a name.
    package subscript(name: String) -> Entry? { inForce[name] }

    /// The version of a measure that counts on a day.
    func version(of measure: String, on day: Int64) -> Int64? {
        terms[measure]?.last { $0.day <= day }?.version
    }

    /// The definitions by which records of a kind are counted on a day.
    func definitions(of kind: RecordKind, on day: Int64) -> [(version: Int64, definition: MeasureDefinition)] {
        terms.keys.sorted().compactMap { measure in
            guard let version = version(of: measure, on: day),
                let definition = versions[Key(measure: measure, version: version)], definition.kind == kind
            else { return nil }
            return (version, definition)
        }
    }

    /// Counts a record: a pure function of what the record says and of the definitions of its day.
    func count(_ record: FactRecord, kind: RecordKind, days: MeasureDays) -> CountedRecord {
        let day = days.day(of: record.at)
        let facts = FactBinding.of(kind).bind(record, days: days)
        let points = definitions(of: kind, on: day).compactMap { version, definition in
            definition.contribution(of: facts).map { contribution in
                Point(
                    measure: definition.name,
                    version: version,
                    place: Place.of(record, definition.storedGroups),
                    contribution: contribution
                )
            }
        }
        return CountedRecord(
            id: record.id,
            day: day,
            at: record.at,
            conversation: record.conversation,
            agent: Place.line(record.agent ?? ""),
            teams: Place.lines(record.teams),
            points: points
        )
    }
}
