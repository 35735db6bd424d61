import FEEL
import JSONRPC

/// One event at work: a state on its way to the next.
///
/// Functions that throw do so before they change anything; from then on whatever goes wrong becomes a diagnostic.
struct ScriptWalk {
    var state: ScriptState
    var secrets: ScriptSecrets
    /// The script of the last frame.
    var definition: ScriptDefinition
    let library: ScriptLibrary
    let now: Int64
    private var effects: [ScriptEffect] = []
    private var entered: [String] = []

    init(
        _ state: consuming ScriptState,
        _ secrets: ScriptSecrets,
        _ definition: ScriptDefinition,
        library: ScriptLibrary,
        now: Int64
    ) {
        self.state = state
        self.secrets = secrets
        self.definition = definition
        self.library = library
        self.now = now
    }

    /// What others must do, the steps entered last.
    var allEffects: [ScriptEffect] { entered.isEmpty ? effects : effects + [.entered(entered)] }

    /// The step the session stands at.
    var step: ScriptStep {
        guard let step = definition.step(state.frame.step) else {
            preconditionFailure("a version of a script keeps its steps")
        }
        return step
    }

    /// What the path calls a step of the present frame.
    func pathID(of step: String) -> String { Self.pathID(of: step, in: state) }

    /// What the path calls a step: in other scripts than the session's with the script before it.
    static func pathID(of step: String, in state: ScriptState) -> String {
        let frame = state.frame
        return state.frames.count == 1 || frame.script == state.frames[0].script ? step : "\(frame.script)/\(step)"
    }

    // MARK: Going on

    /// Enters a step, and those that follow it without anybody's doing.
    mutating func run(to first: String?) {
        var target = first
        var steps = 0
        while let step = target {
            steps += 1
            if steps > ScriptLimits.automaticSteps || state.path.count >= ScriptLimits.path {
                block("the script went on without end, it stands here after \(steps) steps", isBegun: false)
                return
            }
            target = enter(step)
        }
    }

    /// Enters a step and answers the one that follows by itself.
    private mutating func enter(_ id: String) -> String? {
        moveTo(id)
        let id = pathID(of: id)
        state.path.append(id)
        entered.append(id)
        return begin()
    }

    /// Begins the present step and answers the one that follows by itself.
    mutating func begin() -> String? {
        state.status = .active
        state.pending = nil
        let step = step
        switch step.kind {
        case .say, .ask: return nil
        case .escalate(let target): return escalate(to: target, step)
        case .end(let outcome): return end(outcome)
        case .run(let run): return begin(run)
        case .decide(let decide): return begin(decide)
        case .resolve(let resolve): return begin(resolve)
        case .act(let act): return begin(act)
        }
    }

    /// The step a way out of the present one leads to; nil when the session has to stay, with the reason.
    mutating func leave(_ way: String? = nil) -> String? {
        let step = step
        guard let next = step.next(for: way) else {
            block("there is no way on from here", way: way)
            return nil
        }
        guard let target = choose(next) else {
            block("no condition holds", way: way)
            return nil
        }
        if step.isRequired { noteDone(pathID(of: step.id)) }
        state.pending = nil
        return target
    }

    /// The first step whose condition holds; the fallback when none does or one fails.
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

    /// What texts and expressions see at the present step.
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

    /// The values of arguments; nil, with a diagnostic, when one of them fails.
    ///
    /// What is not there is null.
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

    /// Stores the result of a step under the name of `as`.
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

    // MARK: Remarks

    mutating func diagnose(_ message: String) {
        guard state.diagnostics.count < ScriptLimits.diagnostics else { return }
        state.diagnostics.append("step “\(pathID(of: state.frame.step))”: \(secrets.withheld(from: message))")
    }

    /// Lets the session wait at its step, which cannot be begun or left.
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
    /// Where a way leads: that of a choice, an outcome or a failure, else `next`.
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
