package import JSONRPC

/// What the desktop shows of a session.
package struct ScriptView: Sendable, Hashable {
    /// How it stands.
    package let status: ScriptState.Status
    /// The present step; the last one of a session that is over.
    package let step: ScriptStepView?
    /// The variables that have a value, sensitive ones apart; those of the script at work.
    package let variables: JSONObject
    /// The steps entered, without those undone.
    package let path: [String]
    /// What did not go as the script says.
    package let deviations: [ScriptDeviation]
    /// What people noted.
    package let notes: [ScriptNote]
    /// What went wrong at the last event.
    package let diagnostics: [String]
    /// What the script ended with, or why it was stopped.
    package let outcome: String?
}

/// What the desktop shows of a step.
package struct ScriptStepView: Sendable, Hashable {
    /// A choice.
    package struct Choice: Sendable, Hashable {
        /// What the desktop sends.
        package let value: String
        /// What the agent sees.
        package let label: String
    }

    /// The id, as the path has it.
    package let id: String
    /// The kind.
    package let kind: String
    /// The text with the values of the moment; empty where the step has none.
    package let text: String
    /// The variable asked for.
    package let field: String?
    /// Its type.
    package let type: ScriptType?
    /// The answers there are.
    package let choices: [Choice]?
    /// Whether it must not be left out.
    package let isRequired: Bool
    /// What the desktop is to do.
    package let action: String?
    /// With what, sensitive values included while they are known.
    package let arguments: JSONObject?
    /// The resolution that is awaited.
    package let resolutionID: String?
    /// The articles to show.
    package let knowledge: [String]
    /// A remark for the agent.
    package let note: String?
}

extension ScriptEngine {
    /// What the desktop shows of a session.
    package func view(_ state: ScriptState, secrets: ScriptSecrets = ScriptSecrets()) -> ScriptView {
        let frame = state.frame
        guard let definition = library.definition(frame.script, frame.version), let step = definition.step(frame.step)
        else { return view(state, step: nil, variables: [:]) }
        let walk = ScriptWalk(state, ScriptSecrets(), definition, library: library, now: 0)
        let variables = definition.variables.compactMap { variable in
            frame.variables[variable.name].map { JSONObject.Member(key: variable.name, value: $0) }
        }
        return view(
            state,
            step: view(of: step, state, secrets, walk.bindings()),
            variables: JSONObject(variables)
        )
    }

    private func view(_ state: ScriptState, step: ScriptStepView?, variables: JSONObject) -> ScriptView {
        ScriptView(
            status: state.status,
            step: step,
            variables: variables,
            path: state.path,
            deviations: state.deviations,
            notes: state.notes,
            diagnostics: state.diagnostics,
            outcome: state.outcome
        )
    }

    private func view(
        of step: ScriptStep,
        _ state: ScriptState,
        _ secrets: ScriptSecrets,
        _ bindings: ScriptBindings
    ) -> ScriptStepView {
        var (field, type, choices): (String?, ScriptType?, [ScriptStepView.Choice]?)
        if case .ask(let ask) = step.kind {
            field = ask.field
            type = ask.type
            choices =
                ask.choices.isEmpty
                ? nil : ask.choices.map { .init(value: $0.value, label: $0.label.render(bindings)) }
        }
        var (action, arguments): (String?, JSONObject?)
        if case .act(let act) = step.kind {
            action = act.action
            arguments = self.arguments(of: act, state.pending, secrets)
        }
        return ScriptStepView(
            id: ScriptWalk.pathID(of: step.id, in: state),
            kind: step.kind.name,
            text: step.text?.render(bindings) ?? "",
            field: field,
            type: type,
            choices: choices,
            isRequired: step.isRequired,
            action: action,
            arguments: arguments,
            resolutionID: resolution(state),
            knowledge: step.knowledge,
            note: step.note
        )
    }

    private func resolution(_ state: ScriptState) -> String? {
        guard let pending = state.pending, pending.kind == .resolve else { return nil }
        return state.requests.last { $0.ticket == pending.ticket }?.resolutionId
    }

    private func arguments(of act: ScriptStep.Act, _ pending: ScriptPending?, _ secrets: ScriptSecrets) -> JSONObject? {
        guard let pending, pending.kind == .act, let kept = pending.request.object else { return nil }
        return JSONObject(
            act.arguments.compactMap { argument in
                let value = secrets.arguments[argument.name] ?? kept[argument.name]
                return value.map { JSONObject.Member(key: argument.name, value: $0) }
            }
        )
    }
}
