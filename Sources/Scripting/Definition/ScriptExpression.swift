import FEEL

/// A FEEL expression of a script, compiled once.
package struct ScriptExpression: Sendable {
    private struct Use: Sendable {
        let name: String
        let slot: Int
        let type: ScriptType
    }

    /// Limits one evaluation to about 10 ms, so that no session blocks the server for others.
    private static let limits: FEEL.Limits = {
        var limits = FEEL.Limits()
        limits.steps = 20_000
        limits.valueSize = 20_000
        limits.listCount = 20_000
        limits.stringLength = 1 << 20
        limits.patternSteps = 200_000
        limits.diagnostics = 5
        return limits
    }()

    private let expression: Expression
    private let uses: [Use]
    /// Its place in the source.
    package let place: ScriptPlace
    /// Its name in diagnostics: the member of its step.
    package let member: String

    /// The text of the expression.
    package var text: String { expression.text }
    /// The names of the script that it reads.
    package var names: [String] { uses.map(\.name) }
    /// The type of its values, as far as the text determines it.
    var type: FEELType { expression.type }
    /// Diagnostics for undefined names.
    var unknownNames: [Diagnostic] { expression.unknownNames }

    /// Compiles an expression with the names it can use.
    init(
        _ text: String,
        scope: ScriptScope,
        member: String,
        place: ScriptPlace
    ) throws(SyntaxError) {
        expression = try Expression(text, in: scope.scope)
        uses = scope.uses(in: text).map { Use(name: $0.name, slot: $0.slot, type: $0.type) }
        self.member = member
        self.place = place
    }

    /// Why an expression has no value.
    struct Problem {
        /// A description for people.
        let message: String
        /// Whether a value that the expression reads is absent, as opposed to invalid.
        let isAbsence: Bool

        fileprivate init(_ diagnostic: Diagnostic) {
            message = diagnostic.message
            isAbsence = diagnostic.kind == .unknownName || diagnostic.message.hasPrefix("a null has no ")
        }
    }

    /// Evaluates the expression; if the value is null because of a problem, returns that too.
    func evaluate(_ bindings: ScriptBindings, now: Int64) -> (value: Value, problem: Problem?) {
        evaluate(now: now) { bindings.value($0, as: $1) }
    }

    /// Evaluates the expression with an example for each variable, for checking; nil if a name has no type.
    func sample() -> (value: Value, problem: Diagnostic?)? {
        guard !uses.isEmpty, unknownNames.isEmpty, uses.allSatisfy({ $0.type != .any }) else { return nil }
        let evaluation = Evaluation(limits: Self.limits)
        let value = run(evaluation) { _, type in ScriptScope.example(type) }
        return (value, evaluation.diagnostics.first { $0.kind == .type })
    }

    private func evaluate(now: Int64, value: (String, ScriptType) -> Value) -> (value: Value, problem: Problem?) {
        if let constant = expression.constant { return (constant, nil) }
        let evaluation = Evaluation(limits: Self.limits) {
            DateAndTime(nanoseconds: Int128(now) * 1_000, zone: .utc) ?? .epoch
        }
        let result = run(evaluation, value: value)
        guard result.isNull, let first = evaluation.diagnostics.first else { return (result, nil) }
        return (result, Problem(first))
    }

    private func run(_ evaluation: Evaluation, value: (String, ScriptType) -> Value) -> Value {
        let frame = Frame(slotCount: expression.slotCount, evaluation: evaluation)
        for use in uses { frame[use.slot] = value(use.name, use.type) }
        return expression.evaluate(in: frame)
    }
}

/// Maps the names of a script to slots of its expressions.
struct ScriptScope {
    let scope: Scope
    private let names: ScriptNames

    init(_ names: ScriptNames) {
        var scope = Scope()
        for root in ScriptNames.roots { scope.declare(root) }
        for variable in names.variables { scope.declare(variable.name, type: variable.type.feelType) }
        self.scope = scope
        self.names = names
    }

    /// The names of the script that occur as words in a text, without duplicates.
    func uses(in text: String) -> [(name: String, slot: Int, type: ScriptType)] {
        var found: [(name: String, slot: Int, type: ScriptType)] = []
        for word in text.utf8.split(whereSeparator: { !Self.isWord($0) }) {
            guard let name = String(word), let variable = scope.variable(named: name),
                !found.contains(where: { $0.slot == variable.slot })
            else { continue }
            found.append((name, variable.slot, names[name]?.type ?? .any))
        }
        return found
    }

    /// An example value of a type, for checking expressions.
    static func example(_ type: ScriptType) -> Value {
        switch type {
        case .string: "a"
        case .number: 1
        case .boolean: true
        case .date: Value(parsing: "2026-01-01", as: .date) ?? .null
        case .money: .context(Context([("amount", 1), ("currency", "EUR")]))
        case .any: .null
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
