package import DMN
import FEEL
import Vocabulary

/// What a model says of `history`, found without evaluating it.
enum HistoryPaths {
    static let input = "history"

    /// A use of `history` and where it stands.
    struct Use {
        let path: NamePath
        let text: Text
    }

    /// Every use in the model and its imports.
    static func all(in model: CompiledModel) -> [Use] {
        model.expressionTexts.flatMap { text in
            NamePath.all(of: input, in: text.source).map { Use(path: $0, text: text) }
        }
    }
}

extension AuthorityPolicy {
    /// What a model must be to be published under the name `resolution`: it has the decision, whose values can have an
    /// outcome, and each use of `history` names one of the windows that exist.
    ///
    /// A window is named in full where it is used: `history` in another name, as an argument or in a list would hide
    /// which windows the model needs.
    @Sendable package static func findings(in model: CompiledModel) -> [Finding] {
        let findings = decisionFindings(in: model) + HistoryPaths.all(in: model).compactMap(finding(for:))
        return findings.isEmpty ? trialFindings(in: model) : findings
    }

    private static func finding(for use: HistoryPaths.Use) -> Finding? {
        let members = use.path.members
        if members.isEmpty ? use.path.isProbe : Window(path: members) != nil { return nil }
        let written = ([HistoryPaths.input] + members).joined(separator: ".")
        let advice =
            members.isEmpty
            ? "'history' stands alone; name the window in full where it is used"
            : "there is no window '\(written)'"
        var location = use.text.location
        location.position = use.path.position.column
        return Finding(
            .error,
            .unknownName,
            advice + ": history.SCOPE.MEASURE_WINDOW or history.SCOPE.same_action.MEASURE_WINDOW with the scopes "
                + "\(names(WindowScope.self)), the measures \(names(WindowMeasure.self)) and the windows "
                + names(WindowSpan.self),
            at: location
        )
    }

    private static func names<T: CaseIterable & RawRepresentable<String>>(_ type: T.Type) -> String {
        type.allCases.map(\.rawValue).joined(separator: ", ")
    }

    private static func decisionFindings(in model: CompiledModel) -> [Finding] {
        guard let decision = model.source.decisions.first(where: { $0.name == Self.decision }),
            let type = model.resultType(ofDecision: Self.decision)
        else {
            return [Finding(.error, .missing, "the model has no decision '\(Self.decision)'")]
        }
        return isPossible(type) && isPossible(decision.expression) ? [] : [wrongValue(of: decision)]
    }

    private static func wrongValue(of decision: Decision) -> Finding {
        Finding(
            .error,
            .type,
            "the decision '\(Self.decision)' must give a context {outcome, limit, approver_tier, reason}, whose "
                + "outcome is one of \(names(ResolutionOutcome.self))",
            at: decision.location
        )
    }

    /// What a case without a past shows: a value that can be no verdict; null is one, which needs approval.
    ///
    /// A decision that cannot be compiled has findings of its own.
    private static func trialFindings(in model: CompiledModel) -> [Finding] {
        guard let decision = model.source.decisions.first(where: { $0.name == Self.decision }),
            let compiled = try? model.decision(named: Self.decision)
        else { return [] }
        let facts = CaseFacts(
            request: ["action": "refund", "amount": 1, "currency": "EUR", "reason": "trial", "reference": nil],
            agent: ["subject": "trial", "role": "agent", "tier": "1", "team": "trial"],
            customer: ["id": "trial"],
            history: [:],
            context: [:],
            now: 0
        )
        let session = DecisionSession(compiled, settings: settings(now: facts.now))
        switch session.value(values(of: compiled, facts)) {
        case .null: return []
        case .context(let verdict):
            switch verdict["outcome"] {
            case .null?, nil: return []
            case .string(let outcome)? where ResolutionOutcome(rawValue: outcome) != nil: return []
            default: return [wrongValue(of: decision)]
            }
        default: return [wrongValue(of: decision)]
        }
    }

    /// Whether values of a type can have an outcome.
    private static func isPossible(_ type: FEELType) -> Bool {
        switch type {
        case .any: true
        case .context(let entries):
            entries.isEmpty || entries.contains { $0.name == "outcome" && [.any, .string].contains($0.type) }
        default: false
        }
    }

    /// Whether logic can give a context with an outcome, as far as its form tells.
    private static func isPossible(_ expression: BoxedExpression?) -> Bool {
        guard let kind = expression?.kind else { return false }
        return switch kind {
        case .list, .relation, .function, .filter, .iteration, .some, .every: false
        case .table(let table): table.outputs.count == 1 || table.outputs.contains { $0.name == "outcome" }
        case .context(let entries):
            entries.contains { $0.variable == nil || $0.variable?.name == "outcome" }
        case .literal, .invocation, .conditional: true
        }
    }
}
