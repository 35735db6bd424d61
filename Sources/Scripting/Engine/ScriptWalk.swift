import FEEL
import Vocabulary

/// The processing of one event, which turns a state into the next.
///
/// Functions that throw do so before they change anything; later problems become diagnostics.
struct ScriptWalk {
    var state: ScriptState
    var secrets: ScriptSecrets
    /// The script of the last frame.
    var definition: ScriptDefinition
    let library: ScriptLibrary
    /// What the customer has said.
    let hearing: ScriptHearing
    let now: Int64
    private var effects: [ScriptEffect] = []
    private var entered: [String] = []

    init(
        _ state: consuming ScriptState,
        _ secrets: ScriptSecrets,
        _ definition: ScriptDefinition,
        library: ScriptLibrary,
        hearing: ScriptHearing = .silent,
        now: Int64
    ) {
        self.state = state
        self.secrets = secrets
        self.definition = definition
        self.library = library
        self.hearing = hearing
        self.now = now
    }

    /// The effects to perform, followed by the steps entered.
    var allEffects: [ScriptEffect] { entered.isEmpty ? effects : effects + [.entered(entered)] }

    /// The current step.
    var step: ScriptStep {
        guard let step = definition.step(state.frame.step) else {
            preconditionFailure("a version of a script keeps its steps")
        }
        return step
    }

    /// The name in the path of a step of the current frame.
    func pathID(of step: String) -> String { Self.pathID(of: step, in: state) }

    /// The name of a step in the path; steps of scripts other than the session's are prefixed with their script.
    static func pathID(of step: String, in state: ScriptState) -> String {
        let frame = state.frame
        return state.frames.count == 1 || frame.script == state.frames[0].script ? step : "\(frame.script)/\(step)"
    }

    // MARK: Advancing

    /// Enters a step and the steps that follow it automatically.
    mutating func run(to first: String?) {
        var target = first
        var steps = 0
        while let step = target {
            steps += 1
            if steps > ScriptLimits.automaticSteps || state.path.count >= ScriptLimits.path {
                block("the script ran \(steps) steps without stopping and was halted here", isBegun: false)
                return
            }
            target = enter(step)
        }
    }

    /// Enters a step and returns the next one if it follows automatically.
    private mutating func enter(_ id: String) -> String? {
        let previous = state.frame.step
        let isReturn = previous != id && definition.step(previous)?.group == id
        enterGroup(id, from: previous)
        moveTo(id)
        // A group is on the path once, however many of its steps are asked.
        guard !isReturn else { return begin() }
        let id = pathID(of: id)
        state.path.append(id)
        entered.append(id)
        return begin()
    }

    /// Starts the current step and returns the next one if it follows automatically.
    mutating func begin() -> String? {
        state.status = .active
        state.pending = nil
        let step = step
        switch step.kind {
        case .say, .ask: return nil
        case .anyOrder: return beginGroup()
        case .escalate(let target): return escalate(to: target, step)
        case .end(let outcome): return end(outcome)
        case .run(let run): return begin(run)
        case .decide(let decide): return begin(decide)
        case .resolve(let resolve): return begin(resolve)
        case .act(let act): return begin(act)
        }
    }

    /// The target of a transition from the current step; if it fails, blocks the session and returns nil.
    mutating func leave(_ way: String? = nil) -> String? {
        let step = step
        guard let next = step.next(for: way) else {
            block("there is no next step", way: way)
            return nil
        }
        guard let target = choose(next) else {
            block("no condition holds", way: way)
            return nil
        }
        if step.isRequired { noteDone(pathID(of: step.id)) }
        settle(step)
        state.pending = nil
        return target
    }

    /// The first target whose condition holds, or the fallback if none holds or one fails.
    mutating func choose(_ next: ScriptNext) -> String? {
        guard !next.branches.isEmpty else { return next.fallback?.step }
        let bindings = bindings()
        for branch in next.branches {
            let (value, problem) = branch.condition.evaluate(bindings, now: now)
            if value.isTrue { return branch.target.step }
            if let problem {
                diagnose("“\(branch.condition.text)”: \(problem.message)")
                return next.fallback?.step
            }
        }
        return next.fallback?.step
    }

    // MARK: Values

    /// The values that texts and expressions see at the current step.
    func bindings(_ sight: ScriptSight = .kept) -> ScriptBindings {
        let frame = state.frame
        var subject = state.subject
        for (name, value) in frame.overrides { subject.set(name, value) }
        return ScriptBindings(
            subject: subject,
            variables: frame.variables,
            secrets: secrets.seen(sight, inFrame: state.frames.count - 1)
        )
    }

    /// Evaluates arguments; returns nil, with a diagnostic, if one fails.
    ///
    /// Absent values are null.
    mutating func evaluate(_ arguments: [ScriptArgument], _ sight: ScriptSight = .kept) -> JSONObject? {
        guard !arguments.isEmpty else { return [:] }
        let bindings = bindings(sight)
        var members: [JSONObject.Member] = []
        for argument in arguments {
            guard let value = evaluate(argument, bindings) else { return nil }
            members.append(.init(key: argument.name, value: value))
        }
        return JSONObject(members)
    }

    private mutating func evaluate(_ argument: ScriptArgument, _ bindings: ScriptBindings) -> JSON? {
        switch argument.content {
        case .expression(let expression):
            let (value, problem) = expression.evaluate(bindings, now: now)
            if let problem {
                diagnose("\(expression.member): \(problem.message)")
                guard problem.isAbsence else { return nil }
            }
            return ScriptValue.json(value)
        case .members(let parts):
            var members: [JSONObject.Member] = []
            for part in parts {
                guard let value = evaluate(part, bindings) else { return nil }
                members.append(.init(key: part.name, value: value))
            }
            return ScriptValue.keepingMoney(JSONObject(members))
        case .elements(let parts):
            var elements: [JSON] = []
            for part in parts {
                guard let value = evaluate(part, bindings) else { return nil }
                elements.append(value)
            }
            return .array(elements)
        }
    }

    /// Stores the result of a step under the name given by `as`.
    mutating func store(_ name: String?, _ value: JSON) {
        guard let name, let variable = definition.names[name] else { return }
        if value.isNull {
            setVariable(name, nil)
        } else if let fitting = variable.type.fitting(value) {
            setVariable(name, fitting)
        } else {
            diagnose("“\(name)” has no value: expected \(variable.type.expectation)")
            setVariable(name, nil)
        }
    }

    // MARK: Diagnostics

    mutating func diagnose(_ message: String) {
        guard state.diagnostics.count < ScriptLimits.diagnostics else { return }
        state.diagnostics.append("step “\(pathID(of: state.frame.step))”: \(secrets.withheld(from: message))")
    }

    /// Blocks the session at its step, which cannot be started or left.
    mutating func block(_ message: String, way: String? = nil, isBegun: Bool = true) {
        diagnose(message)
        state.status = .waiting
        state.pending = ScriptPending(kind: .stuck, way: way, isBegun: isBegun)
    }

    mutating func emit(_ effect: ScriptEffect) { effects.append(effect) }

    mutating func deviate(_ kind: String, _ reason: String) {
        state.deviations.append(
            ScriptDeviation(kind: kind, step: pathID(of: state.frame.step), reason: secrets.withheld(from: reason))
        )
    }
}

extension ScriptStep {
    /// The transition for a choice, an outcome or a failure; otherwise `next`.
    func next(for way: String?) -> ScriptNext? {
        guard let way else { return next }
        switch kind {
        case .ask(let ask): return ask.choices.first { $0.value == way }?.next ?? next
        case .act(let act): return act.failed ?? next
        case .resolve(let resolve):
            var outcome = Resolve.Outcome(rawValue: way)
            while let candidate = outcome {
                if let next = resolve.targets[candidate] { return next }
                outcome = candidate.substitute
            }
            return next
        default: return next
        }
    }
}
