import FEEL

/// A FEEL expression of a script, compiled once.
package struct ScriptExpression: Sendable {
    private struct Use: Sendable {
        let name: String
        let slot: Int
        let type: ScriptType
    }

    /// One evaluation ends within about a hundredth of a second, so that no session takes the server from the others.
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
    /// Where it stands in the source.
    package let place: ScriptPlace
    /// How it is called in diagnostics: the member of its step.
    package let member: String

    /// The text of the expression.
    package var text: String { expression.text }
    /// The names of the script that it reads.
    package var names: [String] { uses.map(\.name) }
    /// What its values conform to, where the text tells.
    var type: FEELType { expression.type }
    /// Names that nothing defines.
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
        /// In words.
        let message: String
        /// Whether something that the expression reads is not there, rather than wrong.
        let isAbsence: Bool

        fileprivate init(_ diagnostic: Diagnostic) {
            message = diagnostic.message
            isAbsence = diagnostic.kind == .unknownName || diagnostic.message.hasPrefix("a null has no ")
        }
    }

    /// The value, with what went wrong on the way to null.
    func evaluate(_ bindings: ScriptBindings, now: Int64) -> (value: Value, problem: Problem?) {
        evaluate(now: now) { bindings.value($0, as: $1) }
    }

    /// The value with an example for each variable, when every name it reads has a type; for checking.
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

/// The slots of the names of a script.
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

    /// The names that may stand in a text, each once: its words that are names of the script.
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

    /// A value of a type, to try an expression with.
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
