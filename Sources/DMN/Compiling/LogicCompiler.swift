import FEEL

/// Compiles the boxed expressions of one element: resolves names to slots and types to checks.
struct LogicCompiler {
    /// The types the texts can name.
    var types: TypeTable
    /// What was found on the way.
    var findings: [Finding] { ownFindings + types.findings.dropFirst(knownFindings) }
    private var ownFindings: [Finding] = []
    private let knownFindings: Int
    /// The tables compiled.
    var tables: [CompiledTable] = []
    /// The most slots that any part needs.
    private(set) var slotCount = 0
    /// Whether every value is checked, also where nothing can fail, and texts are compiled without shortcuts: the oracle
    /// for ``Assurance`` and for the shortcuts.
    let checksEverything: Bool

    init(types: TypeTable, checksEverything: Bool = false) {
        self.types = types
        self.checksEverything = checksEverything
        knownFindings = types.findings.count
    }

    /// Notes that a frame needs the slots of a scope.
    mutating func reserve(_ scope: Scope) {
        slotCount = max(slotCount, scope.slotCount)
    }

    /// Notes that a frame needs so many slots.
    mutating func slotCountAtLeast(_ count: Int) {
        slotCount = max(slotCount, count)
    }

    /// Notes something.
    mutating func report(_ finding: Finding) {
        ownFindings.append(finding)
    }

    /// What is known, unless every value is to be checked.
    func assured(_ assurance: Assurance) -> Assurance { checksEverything ? .none : assurance }

    /// Compiles logic; missing logic is null.
    ///
    /// - Parameters:
    ///   - boxed: The logic.
    ///   - scope: The names it can use.
    ///   - expected: What its value will be used as, which gives tables the order of their outputs.
    /// - Returns: The logic, with the type of its values.
    mutating func compile(
        _ boxed: BoxedExpression?,
        in scope: Scope,
        expected: DataType = .any
    ) -> CompiledLogic {
        guard let boxed else {
            return CompiledLogic(.constant(.null))
        }
        reserve(scope)
        let declared = types.type(named: boxed.typeRef, at: boxed.location)
        if case .function(let function) = boxed.kind, declared.signature == nil {
            // What is declared is the type of the function's results.
            return compile(function, in: scope, expected: expected)
        }
        let compiled = compileKind(boxed, in: scope, expected: declared.isAny ? expected : declared)
        check(compiled, against: declared, at: boxed.location)
        return compiled.typed(declared, what: "the value")
    }

    /// Notes when a value can never have the type it is declared with.
    mutating func check(_ compiled: CompiledLogic, against declared: DataType, at location: Location) {
        if let constant = compiled.logic.constant {
            if declared.converting(constant, Evaluation()) == nil {
                let message = "the value \(constant) does not conform to \(declared.name)"
                report(Finding(.error, .type, message, at: location))
            }
        } else if !compiled.type.canBecome(declared.type) {
            let message = "a value of type \(compiled.type) does not conform to \(declared.name)"
            report(Finding(.error, .type, message, at: location))
        }
    }

    private mutating func compileKind(
        _ boxed: BoxedExpression,
        in scope: Scope,
        expected: DataType
    ) -> CompiledLogic {
        switch boxed.kind {
        case .literal(let text): compile(text, in: scope)
        case .table(let table): compile(table, in: scope, expected: expected)
        case .context(let entries): compile(entries, in: scope, expected: expected)
        case .invocation(let called, let bindings): compile(call: called, bindings, in: scope, at: boxed.location)
        case .function(let function): compile(function, in: scope, expected: expected)
        case .relation(let columns, let rows): compile(columns, rows, in: scope)
        case .list(let items): compile(items, in: scope)
        case .conditional(let condition, let then, let otherwise):
            compile(condition, then, otherwise, in: scope, expected: expected)
        case .filter(let list, let match): compile(filter: list, match, in: scope)
        case .iteration(let variable, let list, let result): compile(for: variable, list, result, in: scope)
        case .some(let variable, let list, let condition):
            compile(quantified: variable, list, condition, every: false, in: scope)
        case .every(let variable, let list, let condition):
            compile(quantified: variable, list, condition, every: true, in: scope)
        }
    }

    // MARK: Texts

    /// Compiles FEEL text; empty text is null.
    mutating func compile(_ text: Text, in scope: Scope, cell: TableCell? = nil) -> CompiledLogic {
        if text.source.allSatisfy(\.isWhitespace) {
            return CompiledLogic(.constant(.null))
        }
        if let failure = refuseLanguage(of: text) {
            return failure
        }
        if let variable = scope.variable(named: ModelReader.normalized(text.source)) {
            return CompiledLogic(.variable(variable.slot), type: variable.type)
        }
        do {
            let expression = try Expression(text.source, in: scope)
            slotCount = max(slotCount, expression.slotCount)
            report(expression.unknownNames, in: text, cell)
            if let constant = expression.constant {
                return CompiledLogic(.constant(constant), type: expression.type)
            }
            return CompiledLogic(.expression(expression), type: expression.type)
        } catch {
            let finding = error.finding(in: text, cell: cell)
            report(finding)
            return CompiledLogic(.failure(.invocation, "\(finding)"))
        }
    }

    /// Notes names that nothing declares.
    mutating func report(_ unknownNames: [FEEL.Diagnostic], in text: Text, _ cell: TableCell?) {
        for unknown in unknownNames {
            report(Finding(.error, .unknownName, unknown.message, at: text.place(of: unknown.position, cell: cell)))
        }
    }

    private mutating func refuseLanguage(of text: Text) -> CompiledLogic? {
        guard let language = text.language, !DecisionModel.isExpressionLanguage(language) else {
            return nil
        }
        let message = "the expression language '\(language)' is not supported"
        report(Finding(.error, .unsupported, message, at: text.location))
        return CompiledLogic(.failure(.unsupported, message))
    }
}
