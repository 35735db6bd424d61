import Redaction
import Vocabulary

/// The script engine: computes from a state and an event the next state and the effects to perform.
///
/// It has no clock and performs no I/O: the same events on the same definitions give the same states. If a session
/// cannot continue, because an expression fails or a script is missing, the state gets a diagnostic; the session stays
/// at that step and can go back, jump, or retry. It is never lost.
///
/// ## Topics
/// - ``start(_:version:subject:hearing:now:secrets:)``
/// - ``apply(_:to:secrets:hearing:now:)``
/// - ``view(_:secrets:hearing:)``
/// - ``outstanding(_:)``
package struct ScriptEngine: Sendable {
    let library: ScriptLibrary

    package init(library: ScriptLibrary) { self.library = library }

    /// Begins a session at revision 1.
    ///
    /// Members of the context that are named like variables become their initial values; its `conversation` supplements
    /// what is missing from the subject's. The versions of all scripts that may be run are fixed here.
    ///
    /// - Parameters:
    ///   - script: the script.
    ///   - version: its version.
    ///   - subject: the subject.
    ///   - hearing: what the customer has said.
    ///   - now: the time, in microseconds since 1970.
    ///   - secrets: receives the sensitive values of the context.
    /// - Returns: the state and the effects to perform.
    /// - Throws: ``ScriptError`` `notFound` for an unknown version, `invalid` for an invalid context.
    package func start(
        _ script: String,
        version: Int64,
        subject: ScriptSubject,
        hearing: ScriptHearing = .silent,
        now: Int64,
        secrets: inout ScriptSecrets
    ) throws(ScriptError) -> (ScriptState, [ScriptEffect]) {
        guard let definition = library.definition(script, version) else {
            throw ScriptError(
                .notFound,
                "there is no version \(version) of the script “\(script)”",
                argument: "script_id"
            )
        }
        var subject = subject
        secrets = ScriptSecrets()
        let variables = try initialVariables(of: definition, from: &subject, secrets: &secrets)
        let frame = ScriptFrame(
            script: script,
            version: version,
            origin: .session,
            step: definition.start,
            variables: variables
        )
        let versions = pinned(from: definition, version: version)
        var walk = ScriptWalk(
            ScriptState(frames: [frame], subject: subject, versions: versions),
            secrets,
            definition,
            library: library,
            hearing: hearing,
            now: now
        )
        walk.run(to: definition.start)
        secrets = walk.secrets
        return (walk.state, walk.allEffects)
    }

    /// Applies an event.
    ///
    /// An event is refused before anything changes. The cost depends only on the step, not on the length of the script
    /// or the session.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - state: the session; every event except a note and an assignment increments its revision.
    ///   - secrets: its sensitive values.
    ///   - hearing: what the customer has said.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the effects to perform.
    /// - Throws: ``ScriptError`` `conflict` when the event is not possible in the session's state, `invalid` for an
    ///   invalid value or name, `forbidden` for skipping a required step, `notFound` for an unknown ticket or script.
    package func apply(
        _ event: ScriptEvent,
        to state: inout ScriptState,
        secrets: inout ScriptSecrets,
        hearing: ScriptHearing = .silent,
        now: Int64
    ) throws(ScriptError) -> [ScriptEffect] {
        let frame = state.frame
        guard let definition = library.definition(frame.script, frame.version) else {
            throw ScriptError(.notFound, "version \(frame.version) of the script “\(frame.script)” was removed")
        }
        // The state is moved, not copied, so that its storage stays uniquely referenced while it changes.
        var walk = ScriptWalk(state, secrets, definition, library: library, hearing: hearing, now: now)
        state = .vacant
        defer {
            state = walk.state
            secrets = walk.secrets
        }
        try walk.apply(event)
        return walk.allEffects
    }

    /// What is proposed at the current step of a session; nil if nothing is.
    package func proposal(_ state: ScriptState, hearing: ScriptHearing) -> ScriptProposal? {
        guard let definition = library.definition(state.frame.script, state.frame.version),
            definition.step(state.frame.step) != nil
        else { return nil }
        return ScriptWalk(state, ScriptSecrets(), definition, library: library, hearing: hearing, now: 0).proposal()
    }

    /// The effects that have not been answered yet, to be repeated after a restart; their tickets prevent duplicates.
    package func outstanding(_ state: ScriptState) -> [ScriptEffect] {
        guard !state.status.isFinished, let pending = state.pending,
            let definition = library.definition(state.frame.script, state.frame.version),
            let step = definition.step(state.frame.step)
        else { return [] }
        let id = ScriptWalk.pathID(of: step.id, in: state)
        switch (pending.kind, step.kind) {
        case (.decide, .decide(let decide)): return [.decide(decide.request(pending, step: id))]
        case (.resolve, .resolve):
            guard state.requests.last(where: { $0.ticket == pending.ticket })?.status == nil else { return [] }
            return [.resolve(ScriptResolutionRequest(pending, step: id))]
        default: return []
        }
    }

    // MARK: Beginning

    private func initialVariables(
        of definition: ScriptDefinition,
        from subject: inout ScriptSubject,
        secrets: inout ScriptSecrets
    ) throws(ScriptError) -> [String: JSON] {
        guard subject.context.serialized().count <= ScriptLimits.valueBytes else {
            let message = "the context is too large, expected at most \(ScriptLimits.valueBytes) bytes"
            throw ScriptError(.invalid, message, argument: "context")
        }
        var context = subject.context.object ?? [:]
        var variables: [String: JSON] = [:]
        for variable in definition.variables {
            variables[variable.name] = variable.initial
            guard let value = context[variable.name], !value.isNull else { continue }
            guard let fitting = variable.type.fitting(value) else {
                throw ScriptError(
                    .invalid,
                    "expected \(variable.type.expectation)",
                    argument: "context.\(variable.name)"
                )
            }
            if variable.isSensitive {
                secrets.values[0, default: [:]][variable.name] = fitting
                context[variable.name] = nil
            } else {
                let parted = ScriptSecrets.part(fitting, of: variable.name, variable.type)
                variables[variable.name] = parted.kept
                if let found = parted.found { secrets.found[0, default: [:]][variable.name] = found }
            }
        }
        context = Redactor().redact(context, keeping: ["customer.id", "conversation.id"])
        subject.context = .object(context)
        if let given = context["conversation"]?.object, var merged = subject.conversation.object {
            for member in given where merged[member.key] == nil { merged[member.key] = member.value }
            subject.conversation = .object(merged)
        }
        return variables
    }

    /// The current versions of the script and of all scripts it may run.
    private func pinned(from definition: ScriptDefinition, version: Int64) -> [String: Int64] {
        var versions = [definition.id: version]
        var open = [definition]
        while let next = open.popLast() {
            for script in next.subScripts where versions[script] == nil {
                guard let version = library.current(script) else { continue }
                versions[script] = version
                if let definition = library.definition(script, version) { open.append(definition) }
            }
        }
        return versions
    }
}

extension ScriptState {
    /// A placeholder while the state is moved out.
    static let vacant = ScriptState(frames: [], subject: ScriptSubject(), versions: [:])
}
