package import Vocabulary

/// A session as the desktop shows it.
package struct ScriptView: Sendable, Hashable {
    package let status: ScriptSessionStatus
    /// The current step, or the last one if the session has ended.
    package let step: ScriptStepView?
    /// The answer that is proposed at the step.
    package internal(set) var proposed: ScriptProposal?
    /// The variables of the innermost running script that have a value, except sensitive ones.
    package let variables: JSONObject
    /// The steps entered, without those that were undone.
    package let path: [String]
    /// The deviations from the script.
    package let deviations: [ScriptDeviation]
    /// The notes.
    package let notes: [ScriptNote]
    /// The problems of the last event.
    package let diagnostics: [String]
    /// The outcome of the script, or why the session was stopped.
    package let outcome: String?
}

/// A step as the desktop shows it.
package struct ScriptStepView: Sendable, Hashable {
    package struct Choice: Sendable, Hashable {
        /// What the desktop sends.
        package let value: String
        /// What the agent sees.
        package let label: String
    }

    /// The id, as it appears in the path.
    package let id: String
    package let kind: String
    /// The text rendered with current values; empty if the step has none.
    package let text: String
    /// The variable asked for.
    package let field: String?
    /// Its type.
    package let type: ScriptType?
    /// The possible answers.
    package let choices: [Choice]?
    /// The steps of its group whose answers are missing, itself included, in the order in which they are asked.
    package let missing: [String]?
    /// Whether only a supervisor may skip it.
    package let isRequired: Bool
    /// The action for the desktop to perform.
    package let action: String?
    /// The arguments of the action, including sensitive values while they are known.
    package let arguments: JSONObject?
    /// The id of the awaited resolution.
    package let resolutionID: String?
    /// The articles to show.
    package let knowledge: [String]
    /// A note for the agent.
    package let note: String?
}

extension ScriptEngine {
    /// Renders a session for the desktop, with what is proposed after what the customer has said.
    package func view(
        _ state: ScriptState,
        secrets: ScriptSecrets = ScriptSecrets(),
        hearing: ScriptHearing = .silent
    ) -> ScriptView {
        let frame = state.frame
        guard let definition = library.definition(frame.script, frame.version), let step = definition.step(frame.step)
        else { return view(state, step: nil, variables: [:]) }
        let walk = ScriptWalk(state, secrets, definition, library: library, hearing: hearing, now: 0)
        let variables = definition.variables.compactMap { variable in
            frame.variables[variable.name].map { JSONObject.Member(key: variable.name, value: $0) }
        }
        return view(
            state,
            step: view(of: step, state, secrets, walk),
            proposed: walk.proposal(),
            variables: JSONObject(variables)
        )
    }

    private func view(
        _ state: ScriptState,
        step: ScriptStepView?,
        proposed: ScriptProposal? = nil,
        variables: JSONObject
    ) -> ScriptView {
        ScriptView(
            status: state.status,
            step: step,
            proposed: proposed,
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
        _ walk: ScriptWalk
    ) -> ScriptStepView {
        let bindings = walk.bindings()
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
            missing: step.group.map(walk.missing),
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
