import FrontlineProtocol
import JSONRPC
import Measures
import Vocabulary

extension MeasureError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument)
        case .invalid:
            .invalidSource(message, argument, expected: "a definition of a measure without errors", details: details)
        }
    }

    var sentence: String { message }
    var details: [String] { findings.map(\.description) }
}

extension MeasuresList.Measure {
    /// Creates the wire form of a measure in force.
    init(_ entry: MeasureBook.Entry, locale: String?) {
        let definition = entry.definition
        self.init(
            name: definition.name,
            title: definition.title(in: locale),
            population: definition.kind,
            statistic: definition.statistic.rawValue,
            unit: definition.unit,
            direction: definition.direction.rawValue,
            groups: definition.groups,
            version: Int(entry.version)
        )
    }
}

extension MeasuresGet.Result {
    /// Creates the wire form of a definition.
    init(_ entry: MeasureBook.Entry, locale: String?) {
        let definition = entry.definition
        self.init(
            measure: MeasuresList.Measure(entry, locale: locale),
            titles: definition.titles,
            note: definition.note,
            expressions: Dictionary(uniqueKeysWithValues: definition.expressions.map { ($0.member, $0.text) }),
            owner: definition.owner,
            audience: definition.audience.rawValue,
            least: definition.least,
            suppression: definition.suppression.rawValue,
            interval: definition.statistic.interval,
            sha256: entry.sha256,
            facts: FactCatalog.facts(of: definition.kind).map(MeasuresGet.Fact.init)
        )
    }
}

extension MeasuresGet.Fact {
    /// Creates the wire form of a fact.
    init(_ fact: Fact) {
        self.init(
            name: fact.name,
            type: fact.kind.rawValue,
            optional: fact.isOptional,
            audience: fact.audience.rawValue,
            meaning: fact.meaning
        )
    }
}

extension MeasuresValues.Row {
    /// Creates the wire form of a row; values are rounded to a millionth.
    init(_ row: MeasureRow) {
        self.init(
            key: row.key,
            value: row.value.map(Self.rounded),
            low: row.interval.map { Self.rounded($0.low) },
            high: row.interval.map { Self.rounded($0.high) },
            n: Int(row.n),
            suppressed: row.isSuppressed ? true : nil
        )
    }

    private static func rounded(_ value: Double) -> Double {
        abs(value) < 1e9 ? (value * 1_000_000).rounded() / 1_000_000 : value
    }
}

extension MeasuresExplain.Contact {
    /// Creates the wire form of a record.
    init(_ record: MeasuredRecord) {
        self.init(
            conversationId: record.conversation,
            recordId: record.id,
            at: Timestamp(microseconds: record.at)
        )
    }
}
