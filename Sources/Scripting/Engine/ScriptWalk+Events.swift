import Redaction
import Vocabulary

/// What people do.
extension ScriptWalk {
    mutating func apply(_ event: ScriptEvent) throws(ScriptError) {
        switch event {
        case .note(let text): try note(text)
        case .assign(let agent): state.subject.agent = .object(agent)
        case .decided(let ticket, let answer):
            try refuseFinished()
            try decided(ticket, answer)
            state.revision += 1
        case .resolved(let ticket, let resolution):
            try resolved(ticket, resolution)
            state.revision += 1
        case .resolveFailed(let ticket, let message):
            try resolveFailed(ticket, message)
            state.revision += 1
        default:
            try refuseFinished()
            let diagnostics = state.diagnostics
            state.diagnostics = []
            do {
                try act(event)
            } catch {
                state.diagnostics = diagnostics
                throw error
            }
            state.revision += 1
        }
    }

    private func refuseFinished() throws(ScriptError) {
        guard state.status.isFinished else { return }
        throw ScriptError(.conflict, "the session is \(state.status.rawValue)")
    }

    private mutating func act(_ event: ScriptEvent) throws(ScriptError) {
        switch event {
        case .advance(let value): try advance(value.flatMap { $0.isNull ? nil : $0 })
        case .accept(let turn):
            try refuseLongPath()
            try accept(turn: turn)
        case .back: try back()
        case .jump(let step, let reason, let isSupervisor): try jump(to: step, reason, isSupervisor: isSupervisor)
        case .skip(let reason, let isSupervisor): try skip(reason, isSupervisor: isSupervisor)
        case .detour(let script, let reason): try detour(to: script, reason)
        case .abandon(let reason):
            try check(reason, argument: "reason")
            deviate("abandon", reason)
            finish(.abandoned, nil)
        case .stop(let reason):
            finish(.stopped, reason)
        default: break
        }
    }

    private mutating func finish(_ status: ScriptSessionStatus, _ outcome: String?) {
        state.status = status
        state.outcome = outcome
        state.pending = nil
        state.history = []
        secrets = ScriptSecrets()
    }

    private mutating func note(_ text: String) throws(ScriptError) {
        try check(text, argument: "text")
        guard state.notes.count < ScriptLimits.remarks else {
            throw ScriptError(.conflict, "the session has \(ScriptLimits.remarks) notes, which is the limit")
        }
        state.notes.append(ScriptNote(step: pathID(of: state.frame.step), text: secrets.withheld(from: text)))
    }

    private func check(_ text: String, argument: String) throws(ScriptError) {
        guard !text.isEmpty, text.unicodeScalars.count <= ScriptLimits.answerLength else {
            throw ScriptError(.invalid, "expected 1 to \(ScriptLimits.answerLength) characters", argument: argument)
        }
    }

    /// Refuses a deviation without a reason or beyond the limit.
    private func checkDeviation(_ reason: String) throws(ScriptError) {
        try check(reason, argument: "reason")
        guard state.deviations.count < ScriptLimits.remarks else {
            throw ScriptError(.conflict, "the session has \(ScriptLimits.remarks) deviations, which is the limit")
        }
    }

    // MARK: On

    private func refuseLongPath() throws(ScriptError) {
        guard state.path.count < ScriptLimits.path else {
            throw ScriptError(.conflict, "the session has \(ScriptLimits.path) steps, which is the limit")
        }
    }

    private mutating func advance(_ value: JSON?) throws(ScriptError) {
        try refuseLongPath()
        if let pending = state.pending, pending.kind == .stuck, !pending.isBegun || value == nil {
            try refuseValue(value)
            openCheckpoint()
            if pending.isBegun { run(to: leave(pending.way)) } else { run(to: begin()) }
            return
        }
        switch step.kind {
        case .ask(let ask): try answer(ask, value)
        case .act(let act): try acted(act, value)
        case .resolve, .decide, .run, .end, .anyOrder:
            throw ScriptError(.conflict, "the step waits for its \(step.kind.name), not for the agent")
        case .say, .escalate:
            try refuseValue(value)
            openCheckpoint()
            run(to: leave())
        }
    }

    private func refuseValue(_ value: JSON?) throws(ScriptError) {
        guard value == nil else { throw ScriptError(.invalid, "expected no value at this step", argument: "value") }
    }

    mutating func answer(_ ask: ScriptStep.Ask, _ value: JSON?) throws(ScriptError) {
        guard !ask.choices.isEmpty else {
            guard let fitting = value.flatMap({ ask.type.fitting($0) }), !(step.isRequired && fitting == "") else {
                throw ScriptError(.invalid, "expected \(ask.type.expectation)", argument: "value")
            }
            openCheckpoint()
            fill(ask.field, fitting)
            run(to: leave())
            return
        }
        let text = value?.string ?? value.flatMap { $0.object == nil && $0.array == nil ? $0.description : nil }
        guard let text, ask.choices.contains(where: { $0.value == text }) else {
            let known = ask.choices.prefix(20).map { "“\($0.value)”" }.joined(separator: ", ")
            throw ScriptError(.invalid, "expected one of \(known)", argument: "value")
        }
        openCheckpoint()
        fill(ask.field, .string(text))
        run(to: leave(text))
    }

    private mutating func fill(_ field: String?, _ value: JSON) {
        guard let field else { return }
        if definition.names[field]?.isSensitive == true { setSecret(field, value) } else { setVariable(field, value) }
    }

    // MARK: Elsewhere

    private mutating func jump(to id: String, _ reason: String, isSupervisor: Bool) throws(ScriptError) {
        try checkDeviation(reason)
        let prefix = "\(state.frame.script)/"
        let target = id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id
        guard definition.step(target) != nil else {
            throw ScriptError(
                .invalid,
                "there is no step “\(ScriptNode.short(id))” in “\(definition.id)”, expected one of its steps",
                argument: "step"
            )
        }
        if !isSupervisor, let required = requiredStep(before: target) {
            throw ScriptError(.forbidden, "the step “\(required)” is required: only a supervisor may skip it")
        }
        openCheckpoint()
        deviate("jump", reason)
        secrets.arguments = [:]
        run(to: target)
    }

    /// A required step that has not been done although every path from here to `target` passes it.
    private func requiredStep(before target: String) -> String? {
        // An answer of a group that is known already is never asked for.
        let open = Set(
            definition.steps.filter { step in
                guard step.isRequired, !state.done.contains(pathID(of: step.id)) else { return false }
                return step.group == nil || isMissing(step.id)
            }.map(\.id)
        )
        guard !open.isEmpty else { return nil }
        let present = state.frame.step
        guard present != target else { return nil }
        if open.contains(present) { return present }
        // If the target cannot be reached from here, paths from the start count.
        let start = definition.reaches(target, from: present, avoiding: []) ? present : definition.start
        guard !definition.reaches(target, from: start, avoiding: open) else { return nil }
        return definition.steps.first { step in
            open.contains(step.id) && step.id != target
                && definition.reaches(step.id, from: start, avoiding: open.subtracting([step.id]))
                && definition.reaches(target, from: step.id, avoiding: [])
        }?.id
    }

    private mutating func skip(_ reason: String, isSupervisor: Bool) throws(ScriptError) {
        try checkDeviation(reason)
        let step = step
        if step.isRequired, !isSupervisor {
            throw ScriptError(.forbidden, "the step “\(step.id)” is required: only a supervisor may skip it")
        }
        guard let next = step.nextWhenSkipped else {
            let message = "the answers lead to different steps, expected a jump to one of them"
            throw ScriptError(.conflict, message)
        }
        openCheckpoint()
        deviate("skip", reason)
        secrets.arguments = [:]
        if let target = choose(next) {
            settle(step)
            state.pending = nil
            run(to: target)
        } else {
            block("no condition holds")
        }
    }

    private mutating func detour(to script: String, _ reason: String) throws(ScriptError) {
        try checkDeviation(reason)
        guard state.frames.count < ScriptLimits.frames else {
            throw ScriptError(.conflict, "\(ScriptLimits.frames) scripts are nested, which is the limit")
        }
        guard let version = state.versions[script] ?? library.current(script),
            let definition = library.definition(script, version)
        else {
            let message = "there is no script “\(ScriptNode.short(script))”"
            throw ScriptError(.notFound, message, argument: "script_id")
        }
        openCheckpoint()
        deviate("detour", reason)
        var frame = ScriptFrame(
            script: script,
            version: version,
            origin: .detour,
            step: definition.start,
            variables: definition.initialValues
        )
        frame.resumes = state.pending
        state.versions[script] = version
        push(frame, definition)
        run(to: definition.start)
    }

    // MARK: Other scripts

    mutating func begin(_ run: ScriptStep.Run) -> String? {
        guard state.frames.count < ScriptLimits.frames else {
            block("\(ScriptLimits.frames) scripts are nested, which is the limit", isBegun: false)
            return nil
        }
        guard let version = state.versions[run.script] ?? library.current(run.script),
            let definition = library.definition(run.script, version)
        else {
            block("there is no script “\(run.script)”", isBegun: false)
            return nil
        }
        guard let arguments = evaluate(run.arguments, .found) else {
            block("“\(run.script)” was not run", isBegun: false)
            return nil
        }
        var frame = ScriptFrame(
            script: run.script,
            version: version,
            origin: .run,
            step: definition.start,
            variables: definition.initialValues
        )
        var (hidden, found): ([String: JSON], [String: JSON]) = ([:], [:])
        for member in arguments where !member.value.isNull {
            pass(member, to: &frame, of: definition, hidden: &hidden, found: &found)
        }
        state.versions[run.script] = version
        push(frame, definition)
        if !hidden.isEmpty { secrets.values[state.frames.count - 1] = hidden }
        if !found.isEmpty { secrets.found[state.frames.count - 1] = found }
        return definition.start
    }

    private mutating func pass(
        _ member: JSONObject.Member,
        to frame: inout ScriptFrame,
        of definition: ScriptDefinition,
        hidden: inout [String: JSON],
        found: inout [String: JSON]
    ) {
        guard let variable = definition.names[member.key] else {
            frame.overrides[member.key] = Redactor().redact(member.value, named: member.key, keeping: ["id"])
            return
        }
        guard let fitting = variable.type.fitting(member.value) else {
            diagnose("“\(member.key)” was not passed: expected \(variable.type.expectation)")
            return
        }
        if variable.isSensitive {
            hidden[member.key] = fitting
        } else {
            let parted = ScriptSecrets.part(fitting, of: member.key, variable.type)
            frame.variables[member.key] = parted.kept
            found[member.key] = parted.found
        }
    }

    /// Ends the innermost running script: a sub-script, a detour or the session itself.
    mutating func end(_ outcome: String) -> String? {
        guard state.frames.count > 1 else {
            let id = pathID(of: step.id)
            if step.isRequired { noteDone(id) }
            finish(.completed, outcome)
            return nil
        }
        guard let frame = pop() else {
            block("the enclosing script no longer exists", isBegun: false)
            return nil
        }
        switch frame.origin {
        case .run:
            guard case .run(let run) = step.kind else { return nil }
            store(run.result, .object(result(of: frame, outcome)))
            return leave()
        case .detour, .session: return resume(frame.resumes)
        }
    }

    /// The result of a sub-script: its outcome and its variables.
    private func result(of frame: ScriptFrame, _ outcome: String) -> JSONObject {
        var members = [JSONObject.Member(key: "outcome", value: .string(outcome))]
        for name in frame.variables.keys.sorted() where name != "outcome" {
            if let value = frame.variables[name] { members.append(.init(key: name, value: value)) }
        }
        return JSONObject(members)
    }

    /// Returns to the step from which a detour was taken.
    private mutating func resume(_ pending: ScriptPending?) -> String? {
        state.pending = pending
        state.status = pending.map { [.act].contains($0.kind) ? .active : .waiting } ?? .active
        guard let pending else { return nil }
        switch pending.kind {
        case .resolve: return nextStep(after: pending.ticket)
        case .stuck: return pending.isBegun ? leave(pending.way) : begin()
        case .act:
            if !pending.withheld.isEmpty, secrets.arguments.isEmpty {
                diagnose("\(pending.withheld.joined(separator: ", ")): already passed on, ask again")
            }
            return nil
        case .decide: return begin()
        }
    }
}

extension ScriptStep {
    /// The steps that can follow on a path that avoids certain steps: a group ends only after all its steps.
    fileprivate func targets(avoiding avoided: Set<String>) -> [ScriptTarget] {
        guard case .anyOrder(let members) = kind, members.contains(where: { avoided.contains($0.step) }) else {
            return targets
        }
        return members
    }

    /// The transition when the step is skipped; nil if it depends on the answer.
    var nextWhenSkipped: ScriptNext? {
        switch kind {
        case .ask(let ask) where next == nil:
            let targets = Set(ask.choices.map { $0.next?.targets.map(\.step) ?? [] })
            return targets.count == 1 ? ask.choices.first?.next : nil
        case .resolve: return next(for: Resolve.Outcome.cancelled.rawValue)
        default: return next
        }
    }
}

extension ScriptDefinition {
    /// The initial values of the variables.
    var initialValues: [String: JSON] {
        var values: [String: JSON] = [:]
        for variable in variables { values[variable.name] = variable.initial }
        return values
    }

    /// Whether a step can be reached from another without passing certain steps.
    func reaches(_ target: String, from start: String, avoiding avoided: Set<String>) -> Bool {
        var seen: Set<String> = [start]
        var open = [start]
        if start != target, avoided.contains(start) { return false }
        while let id = open.popLast() {
            if id == target { return true }
            guard let step = step(id) else { continue }
            for next in step.targets(avoiding: avoided) where !seen.contains(next.step) {
                guard next.step == target || !avoided.contains(next.step) else { continue }
                seen.insert(next.step)
                open.append(next.step)
            }
        }
        return false
    }
}
