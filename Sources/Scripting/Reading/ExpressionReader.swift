import FEEL

/// Reads texts and expressions, using the names of a script.
struct ExpressionReader {
    /// The kind of value that an expression must yield.
    enum Expectation {
        case anything
        case boolean
        case string
        /// A number, or money.
        case amount

        fileprivate func accepts(_ type: FEELType) -> Bool {
            switch (self, type) {
            case (.anything, _), (_, .any), (_, .null): true
            case (.boolean, _): type == .boolean
            case (.string, _): type == .string
            case (.amount, .context): type.conforms(to: ScriptType.money.feelType)
            case (.amount, _): type == .number
            }
        }

        fileprivate func accepts(_ value: Value) -> Bool {
            switch (self, value) {
            case (.anything, _), (_, .null), (.boolean, .boolean), (.string, .string), (.amount, .number): true
            case (.amount, .context): ScriptType.money.feelType.isInstance(value)
            default: false
            }
        }

        fileprivate var words: String {
            switch self {
            case .anything: "a value"
            case .boolean: "a condition, true or false"
            case .string: #"a string, as '"refund"' or a variable"#
            case .amount: "a number or money"
            }
        }
    }

    private let source: ScriptSource
    private let findings: ScriptFindings
    private let names: ScriptNames
    private let scope: ScriptScope

    init(source: ScriptSource, findings: ScriptFindings, names: ScriptNames) {
        self.source = source
        self.findings = findings
        self.names = names
        scope = ScriptScope(names)
    }

    // MARK: Expressions

    /// Compiles an expression and checks its names and types; nil if it is invalid.
    func expression(
        _ node: ScriptNode,
        as expectation: Expectation = .anything,
        member: String,
        seesSecrets: Bool = false
    ) -> ScriptExpression? {
        guard let text = node.text("an expression (FEEL)") else { return nil }
        let expression: ScriptExpression
        do {
            expression = try ScriptExpression(text, scope: scope, member: member, place: node.place)
        } catch {
            let place = source.place(in: node, line: error.position.line, column: error.position.column)
            findings.error(.expression, "\(member): \(error.message)", at: place)
            return nil
        }
        checkNames(of: expression, node, seesSecrets: seesSecrets)
        checkType(of: expression, expectation, node)
        return expression
    }

    private func checkNames(of expression: ScriptExpression, _ node: ScriptNode, seesSecrets: Bool) {
        for unknown in expression.unknownNames {
            let place = source.place(in: node, line: unknown.position.line, column: unknown.position.column)
            let message = "\(expression.member): \(unknown.message); expected a variable, a step's field or result, "
            findings.error(.undefined, message + ScriptNames.roots.joined(separator: ", "), at: place)
        }
        guard !seesSecrets else { return }
        for name in expression.names where names[name]?.isSensitive == true {
            let message =
                "\(expression.member): “\(name)” is sensitive and null here, expected only in “with” of an act"
            findings.warning(.sensitive, message, at: node.place)
        }
    }

    private func checkType(of expression: ScriptExpression, _ expectation: Expectation, _ node: ScriptNode) {
        guard expectation.accepts(expression.type) else {
            let message =
                "\(expression.member): the expression yields \(expression.type), expected \(expectation.words)"
            findings.error(.type, message, at: node.place)
            return
        }
        guard let sample = expression.sample() else { return }
        if let problem = sample.problem {
            let place = source.place(in: node, line: problem.position.line, column: problem.position.column)
            findings.error(.type, "\(expression.member): \(problem.message)", at: place)
        } else if !expectation.accepts(sample.value) {
            let message = "\(expression.member): the expression yields a \(sample.value.typeName), expected "
            findings.error(.type, message + expectation.words, at: node.place)
        }
    }

    // MARK: Texts

    /// Compiles a text and checks its tags; nil if it is invalid.
    func template(_ node: ScriptNode) -> ScriptTemplate? {
        guard let text = node.text() else { return nil }
        guard text.contains("{{") else { return ScriptTemplate(plain: text) }
        let scanner = TemplateScanner(text) { names[$0]?.type == .boolean }
        for problem in scanner.problems {
            findings.error(.template, "\(node.what): \(problem.message)", at: place(problem.offset, of: text, node))
        }
        for use in scanner.names {
            let place = place(use.offset, of: text, node)
            if !names.contains(use.name) {
                let message =
                    "\(node.what): “\(use.name)” is not defined, expected a variable, a step's field or result, "
                findings.error(.undefined, message + ScriptNames.roots.joined(separator: ", "), at: place)
            } else if names[use.name]?.isSensitive == true {
                let message =
                    "\(node.what): “\(use.name)” is sensitive and stays empty, expected only in “with” of an act"
                findings.warning(.sensitive, message, at: place)
            }
        }
        guard scanner.problems.isEmpty else { return nil }
        do {
            return try ScriptTemplate(text)
        } catch {
            findings.error(.template, "\(node.what): not a template", at: node.place)
            return nil
        }
    }

    private func place(_ offset: Int, of text: String, _ node: ScriptNode) -> ScriptPlace {
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars.prefix(offset) {
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        return source.place(in: node, line: line, column: column)
    }
}

extension ScriptExpression {
    /// Whether it certainly yields money, which includes the currency.
    var isMoney: Bool {
        if type.conforms(to: ScriptType.money.feelType), type != .any { return true }
        if case .context? = sample()?.value { return true }
        return false
    }
}
