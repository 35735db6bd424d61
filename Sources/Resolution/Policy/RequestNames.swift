import DMN
import FEEL

/// The actions and reasons that a policy knows, so that a slip is told and does not wait for an approver.
///
/// They are found in the tables: the texts in columns that test a path ending in `action` or `reason`, and texts that
/// expressions compare such a path with. Of an action, the reasons are those of its rules; a rule that takes any reason
/// lets every one pass. A model that names no action takes every action. Where the model declares the names, as allowed
/// values of the components `action` and `reason` of the type of its input `request`, these count instead.
struct RequestNames: Sendable {
    private static let action = "action"
    private static let reason = "reason"
    private static let request = "request"
    /// Names in one answer.
    private static let maximumListed = 50

    /// Nil for any.
    private let actions: [String]?
    /// By action; any for an action that is not here.
    private let reasons: [String: [String]]

    /// The names of a model.
    init(of model: CompiledModel) {
        var found = Found()
        for table in model.decisionTables { found.read(table) }
        for text in model.expressionTexts {
            found.actions += ComparedTexts.with(Self.action, in: text.source)
            found.reasons += ComparedTexts.with(Self.reason, in: text.source)
        }
        let declaredReasons = Self.declared(Self.reason, in: model.source)
        let actions =
            Self.declared(Self.action, in: model.source)
            ?? (found.isActionOpen || found.actions.isEmpty ? nil : Self.unique(found.actions))
        self.actions = actions
        reasons = (actions ?? []).reduce(into: [:]) { reasons, action in
            reasons[action] = declaredReasons ?? found.reasons(of: action)
        }
    }

    /// Refuses an action or a reason that the policy does not know.
    ///
    /// - Throws: ``ResolutionError`` `invalid`, naming the argument, what there is and what is nearest.
    func check(_ request: GrantRequest) throws {
        guard let actions else { return }
        guard actions.contains(request.action) else {
            throw Self.unknown("the policy knows no action", request.action, actions, argument: Self.action)
        }
        guard let known = reasons[request.action], !known.contains(request.reason) else { return }
        let what = "for the action “\(request.action)” the policy knows no reason"
        throw Self.unknown(what, request.reason, known, argument: Self.reason)
    }

    private static func unknown(
        _ what: String,
        _ name: String,
        _ known: [String],
        argument: String
    ) -> ResolutionError {
        let nearest = NearestName.of(name, among: known)
        var expected = "one of " + known.sorted().prefix(maximumListed).joined(separator: ", ")
        if known.count > maximumListed { expected += ", …" }
        return ResolutionError(
            .invalid,
            "\(what) “\(name)”" + (nearest.map { "; did you mean “\($0)”?" } ?? ""),
            argument: argument,
            expected: expected + (nearest.map { "; the nearest is \($0)" } ?? "")
        )
    }

    // MARK: Declared

    /// The allowed values of a component of the type of the input `request`; nil where none are declared.
    private static func declared(_ component: String, in model: DecisionModel) -> [String]? {
        let input = model.inputData.first { $0.name == request }
        guard let type = input?.variable.typeRef, let members = components(of: type, in: model),
            let member = members.first(where: { $0.name == component })
        else { return nil }
        return texts(of: member, in: model, depth: 0)
    }

    private static func components(of type: String, in model: DecisionModel) -> [ItemDefinition]? {
        guard case .components(let members)? = model.itemDefinitions.first(where: { $0.name == type })?.content else {
            return nil
        }
        return members
    }

    private static func texts(of item: ItemDefinition, in model: DecisionModel, depth: Int) -> [String]? {
        if let allowed = item.allowedValues, case .texts(let texts) = CellTexts(allowed.source).content { return texts }
        guard depth < 8, case .reference(let type) = item.content,
            let definition = model.itemDefinitions.first(where: { $0.name == type })
        else { return nil }
        return texts(of: definition, in: model, depth: depth + 1)
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    // MARK: Found in tables

    private struct Found {
        var actions: [String] = []
        /// Whether some action is told by a test that is no list of texts.
        var isActionOpen = false
        /// Reasons that stand beside no action.
        var reasons: [String] = []
        private var byAction: [String: [String]] = [:]
        /// Actions that take any reason.
        private var takingAny: Set<String> = []
        private var isReasonOpen = false

        mutating func read(_ table: DecisionTable) {
            let action = column(RequestNames.action, of: table)
            let reason = column(RequestNames.reason, of: table)
            if let action { actions += allowed(action, of: table) }
            if let reason { reasons += allowed(reason, of: table) }
            guard action != nil || reason != nil else { return }
            for rule in table.rules {
                read(action.map { CellTexts(rule.inputs[$0].source) }, reason.map { CellTexts(rule.inputs[$0].source) })
            }
        }

        private mutating func read(_ action: CellTexts?, _ reason: CellTexts?) {
            actions += action?.named ?? []
            if action?.content == .test { isActionOpen = true }
            let own: [String] = if case .texts(let texts)? = action?.content { texts } else { [] }
            switch reason?.content {
            case nil, .others?: break
            case .everything?: takingAny.formUnion(own)
            case .test?: if own.isEmpty { isReasonOpen = true } else { takingAny.formUnion(own) }
            case .texts(let texts)?:
                if own.isEmpty { reasons += texts }
                for action in own { byAction[action, default: []] += texts }
            }
        }

        /// Nil for any.
        func reasons(of action: String) -> [String]? {
            guard !isReasonOpen, !takingAny.contains(action) else { return nil }
            let known = RequestNames.unique((byAction[action] ?? []) + reasons)
            return known.isEmpty ? nil : known
        }

        private func column(_ name: String, of table: DecisionTable) -> Int? {
            table.inputs.firstIndex { ComparedTexts.lastWord(ofPath: $0.expression.source) == name }
        }

        private func allowed(_ column: Int, of table: DecisionTable) -> [String] {
            table.inputs[column].allowedValues.map { CellTexts($0.source).named } ?? []
        }
    }
}
