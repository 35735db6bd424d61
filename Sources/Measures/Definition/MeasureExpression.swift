import FEEL
import IEEEDecimal
import Vocabulary

/// A FEEL expression over the facts of one kind of record, compiled once.
struct MeasureExpression: Sendable {
    /// One evaluation takes at most a millisecond or so.
    private static let limits: FEEL.Limits = {
        var limits = FEEL.Limits()
        limits.steps = 2_000
        limits.valueSize = 2_000
        limits.listCount = 1_000
        limits.stringLength = 10_000
        limits.patternSteps = 20_000
        limits.diagnostics = 3
        return limits
    }()

    let expression: Expression
    /// The facts that it reads.
    let facts: [Fact]

    var text: String { expression.text }

    /// Compiles a text.
    init(_ text: String, over binding: FactBinding) throws(SyntaxError) {
        expression = try Expression(text, in: binding.scope)
        let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
        facts = binding.facts.filter { words.contains($0.name) }
    }

    func evaluate(_ facts: BoundFacts) -> Value { evaluate(facts, Evaluation(limits: Self.limits)) }

    /// The value for the sample of each fact, and why it is null.
    func sample(_ binding: FactBinding) -> (value: Value, problem: Diagnostic?) {
        let evaluation = Evaluation(limits: Self.limits)
        let value = evaluate(BoundFacts(values: binding.facts.map(\.sample.value)), evaluation)
        return (value, evaluation.diagnostics.first)
    }

    /// The number in ten-thousandths; nil for null, for anything else, and for numbers that are out of range.
    func number(_ facts: BoundFacts) -> Int64? {
        guard case .number(let number) = evaluate(facts), number.isFinite,
            let scaled = Int(exactly: number.rounded(scale: Contribution.digits) * Decimal128(Int(Contribution.one)))
        else { return nil }
        let value = Int64(scaled)
        return value.magnitude <= Contribution.largest.magnitude ? value : nil
    }

    private func evaluate(_ facts: BoundFacts, _ evaluation: Evaluation) -> Value {
        if let constant = expression.constant { return constant }
        let frame = Frame(slotCount: max(expression.slotCount, facts.values.count), evaluation: evaluation)
        frame.assign(facts.values)
        return expression.evaluate(in: frame)
    }
}

/// The facts of a kind of record as expressions find them: each in its slot.
struct FactBinding: Sendable {
    let kind: RecordKind
    let facts: [Fact]
    let scope: Scope

    private static let all = Dictionary(
        uniqueKeysWithValues: RecordKind.allCases.map { ($0, FactBinding(making: $0)) }
    )

    /// The facts of a kind.
    static func of(_ kind: RecordKind) -> FactBinding { all[kind] ?? FactBinding(making: kind) }

    private init(making kind: RecordKind) {
        self.kind = kind
        facts = FactCatalog.facts(of: kind)
        var scope = Scope()
        for fact in facts {
            let type: FEELType =
                switch fact.kind {
                case .number: .number
                case .text: .string
                case .flag: .boolean
                case .texts: .any
                }
            scope.declare(fact.name, type: type)
        }
        self.scope = scope
    }

    /// A record's facts in their slots.
    func bind(_ record: FactRecord, days: MeasureDays) -> BoundFacts {
        let time = days.hour(of: record.at)
        return BoundFacts(
            values: facts.map { fact in
                switch fact.name {
                case "agent": record.agent.map(Value.string) ?? .null
                case "teams": .list(record.teams.map(Value.string))
                case "channel": record.channel.map(Value.string) ?? .null
                case "hour": .number(Int(time.hour))
                case "weekday": .string(time.weekday)
                default: record.values[fact.name]?.value ?? .null
                }
            }
        )
    }
}

/// The facts of one record, in the order of their slots.
struct BoundFacts {
    let values: [Value]
}
