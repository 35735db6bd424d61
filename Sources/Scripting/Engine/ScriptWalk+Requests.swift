import FEEL
import IEEEDecimal
import Redaction
import Vocabulary

/// Steps that others have a part in: decisions, resolutions, actions, calls.
extension ScriptWalk {
    /// The position of a request among those of the session; searched from the end.
    func position(of ticket: Int) -> Int? { state.requests.lastIndex { $0.ticket == ticket } }

    /// The number of a new request; numbers are never reused, even after going back.
    private mutating func newTicket() -> Int {
        state.tickets += 1
        return state.tickets
    }

    mutating func escalate(to target: String, _ step: ScriptStep) -> String? {
        let id = pathID(of: step.id)
        if !state.escalated.contains(id) {
            state.escalated.append(id)
            let text = step.text?.render(bindings())
            emit(.escalate(ScriptEscalation(target: target, step: id, text: text)))
        }
        return step.text == nil ? leave() : nil
    }

    // MARK: Decisions

    mutating func begin(_ decide: ScriptStep.Decide) -> String? {
        guard let inputs = evaluate(decide.inputs) else {
            store(decide.result, .null)
            return fallBack()
        }
        let pending = ScriptPending(kind: .decide, ticket: newTicket(), request: .object(inputs))
        state.pending = pending
        state.status = .waiting
        emit(.decide(decide.request(pending, step: pathID(of: step.id))))
        return nil
    }

    mutating func decided(_ ticket: Int, _ answer: ScriptAnswer) throws(ScriptError) {
        guard state.pending?.kind == .decide, state.pending?.ticket == ticket,
            case .decide(let decide) = step.kind
        else { throw ScriptError(.conflict, "no decision \(ticket) is awaited") }
        state.pending = nil
        state.status = .active
        switch answer {
        case .value(let value):
            store(decide.result, value)
            run(to: leave())
        case .failure(let message):
            diagnose("\(decide.model).\(decide.decision): \(message)")
            store(decide.result, .null)
            run(to: fallBack())
        }
    }

    /// The fallback of `next` for a failed decision; if there is none, blocks the session and returns nil.
    private mutating func fallBack() -> String? {
        guard let target = step.next?.fallback else {
            block("there is no next step", isBegun: false)
            return nil
        }
        if step.isRequired { noteDone(pathID(of: step.id)) }
        return target.step
    }

    // MARK: Resolutions

    mutating func begin(_ resolve: ScriptStep.Resolve) -> String? {
        guard let request = request(resolve) else {
            guard resolve.targets[.failed] != nil else {
                block("the resolution was not requested", isBegun: false)
                return nil
            }
            return leave(ScriptStep.Resolve.Outcome.failed.rawValue)
        }
        let step = pathID(of: step.id)
        if let ticket = standing(request, at: step, isAct: false) {
            diagnose("already requested; the earlier answer applies")
            state.pending = ScriptPending(kind: .resolve, ticket: ticket, request: request)
            return nextStep(after: ticket)
        }
        let ticket = newTicket()
        state.requests.append(ScriptRequest(ticket: ticket, step: step, request: request, isAct: false))
        noteRequested(ticket)
        let pending = ScriptPending(kind: .resolve, ticket: ticket, request: request)
        state.pending = pending
        state.status = .waiting
        emit(.resolve(ScriptResolutionRequest(pending, step: step)))
        return nil
    }

    /// An equal, undone request of the same step that is still valid and can be reused.
    private mutating func standing(_ request: JSON, at step: String, isAct: Bool) -> Int? {
        let position = state.requests.lastIndex { earlier in
            earlier.isUndone && earlier.isAct == isAct && earlier.step == step && earlier.request == request
                && (isAct ? earlier.status == .done : [nil, .approved, .pending].contains(earlier.status))
        }
        guard let position else { return nil }
        state.requests[position].isUndone = false
        noteRequested(state.requests[position].ticket)
        return state.requests[position].ticket
    }

    /// The content of the request; nil, with a diagnostic, if a member fails.
    private mutating func request(_ resolve: ScriptStep.Resolve) -> JSON? {
        let bindings = bindings()
        var members: [JSONObject.Member] = []
        for expression in [resolve.action, resolve.reason] {
            let (value, problem) = expression.evaluate(bindings, now: now)
            guard case .string(let text) = value, !text.isEmpty else {
                diagnose("\(expression.member): \(problem?.message ?? "it is \(value.typeName), expected a string")")
                return nil
            }
            members.append(.init(key: expression.member, value: .string(text)))
        }
        guard amount(resolve, bindings, &members) else { return nil }
        for (name, arguments) in [("reference", resolve.reference), ("context", resolve.context)] {
            guard let object = evaluate(arguments) else { return nil }
            guard !object.isEmpty else { continue }
            let value = object.count == 1 ? object[""] ?? .object(object) : .object(object)
            guard value.isNull || value.object != nil else {
                diagnose("\(name): it is not a context, expected {type: …, id: …}")
                return nil
            }
            if !value.isNull { members.append(.init(key: name, value: value)) }
        }
        return .object(JSONObject(members))
    }

    private mutating func amount(
        _ resolve: ScriptStep.Resolve,
        _ bindings: ScriptBindings,
        _ members: inout [JSONObject.Member]
    ) -> Bool {
        var currency: String?
        if let expression = resolve.currency {
            let (value, problem) = expression.evaluate(bindings, now: now)
            guard case .string(let text) = value, ScriptType.isCurrency(text) else {
                diagnose("currency: \(problem?.message ?? "it is no currency, expected three letters as EUR")")
                return false
            }
            currency = text
        }
        guard let expression = resolve.amount else { return true }
        let (value, problem) = expression.evaluate(bindings, now: now)
        var amount = value
        if case .context(let money) = value {
            amount = money["amount"] ?? .null
            if case .string(let own)? = money["currency"], currency == nil { currency = own }
        }
        guard case .number(let number) = amount, let currency else {
            diagnose("amount: \(problem?.message ?? "it is \(value.typeName), expected a number or money")")
            return false
        }
        members.append(.init(key: "amount", value: .string(number.plainDescription)))
        members.append(.init(key: "currency", value: .string(currency)))
        return true
    }

    mutating func resolved(_ ticket: Int, _ resolution: ScriptResolution) throws(ScriptError) {
        let position = try self.request(ticket)
        state.requests[position].status = ScriptRequest.Status(resolution.status)
        state.requests[position].resolutionId = resolution.id
        state.requests[position].result = .object(resolution.details)
        answered(ticket)
    }

    mutating func resolveFailed(_ ticket: Int, _ message: String) throws(ScriptError) {
        let position = try self.request(ticket)
        state.requests[position].status = .failed
        if state.pending?.ticket == ticket { diagnose(message) }
        answered(ticket)
    }

    private func request(_ ticket: Int) throws(ScriptError) -> Int {
        guard let position = position(of: ticket), !state.requests[position].isAct else {
            throw ScriptError(.notFound, "the session has no request \(ticket)")
        }
        let status = state.requests[position].status
        if let status, status != .pending {
            throw ScriptError(.conflict, "the request \(ticket) is already \(status.rawValue)")
        }
        return position
    }

    /// Continues if the session waits for this request; a detour or a step back may have led away from it.
    private mutating func answered(_ ticket: Int) {
        guard !state.status.isFinished, state.pending?.kind == .resolve, state.pending?.ticket == ticket else { return }
        run(to: nextStep(after: ticket))
    }

    /// The outcome of a request that is no longer pending.
    func decidedMeanwhile(_ ticket: Int) -> ScriptStep.Resolve.Outcome? {
        position(of: ticket).flatMap { state.requests[$0].status?.outcome }
    }

    /// The step that follows the present resolve step; nil while its request is pending.
    mutating func nextStep(after ticket: Int) -> String? {
        guard case .resolve(let resolve) = step.kind, let outcome = decidedMeanwhile(ticket),
            let position = position(of: ticket)
        else {
            state.status = .waiting
            return nil
        }
        state.status = .active
        store(resolve.result, state.requests[position].result ?? .null)
        return leave(outcome.rawValue)
    }

    // MARK: Actions

    mutating func begin(_ act: ScriptStep.Act) -> String? {
        secrets.arguments = [:]
        let hidden = Set(act.arguments.filter(readsSecrets).map(\.name))
        guard let arguments = evaluate(act.arguments, .all) else {
            secrets.values = [:]
            block("the arguments are not complete", isBegun: false)
            return nil
        }
        var shown: [JSONObject.Member] = []
        for member in arguments {
            if hidden.contains(member.key) {
                secrets.arguments[member.key] = member.value
                guard !act.arguments.contains(where: { $0.name == member.key && readsDeclared($0) }) else { continue }
                shown.append(.init(key: member.key, value: Redactor().redact(member.value, named: member.key)))
            } else {
                shown.append(member)
            }
        }
        secrets.values = [:]
        let request = JSON.object(JSONObject(shown))
        let step = pathID(of: step.id)
        if hidden.isEmpty, let ticket = standing(request, at: step, isAct: true), let position = position(of: ticket) {
            diagnose("already done; the earlier result applies")
            store(act.result, state.requests[position].result ?? .null)
            return leave()
        }
        state.pending = ScriptPending(
            kind: .act,
            ticket: newTicket(),
            request: request,
            withheld: act.arguments.filter(readsDeclared).map(\.name)
        )
        return nil
    }

    /// Whether an argument reads a variable whose value is not stored unchanged.
    private func readsSecrets(_ argument: ScriptArgument) -> Bool {
        let found = secrets.found[state.frames.count - 1] ?? [:]
        return readsDeclared(argument) || argument.names.contains { found[$0] != nil }
    }

    /// Whether an argument reads a variable declared sensitive.
    private func readsDeclared(_ argument: ScriptArgument) -> Bool {
        argument.names.contains { definition.names[$0]?.isSensitive == true }
    }

    /// Applies the desktop's report on an action.
    mutating func acted(_ act: ScriptStep.Act, _ value: JSON?) throws(ScriptError) {
        let report = try ActReport(value)
        openCheckpoint()
        let pending = state.pending
        state.pending = nil
        secrets.arguments = [:]
        guard report.isDone else {
            diagnose(report.error ?? "the action failed")
            store(act.result, .object(["error": .string(report.error ?? "")]))
            run(to: leave("failed"))
            return
        }
        if let pending, pending.withheld.isEmpty {
            state.requests.append(
                ScriptRequest(
                    ticket: pending.ticket,
                    step: pathID(of: step.id),
                    request: pending.request,
                    isAct: true,
                    status: .done,
                    result: report.result.map { Redactor().redact($0) }
                )
            )
            noteRequested(pending.ticket)
        }
        store(act.result, report.result ?? .null)
        run(to: leave())
    }
}

/// The desktop's report on an action: `{ok, result?, error?}`.
private struct ActReport {
    let isDone: Bool
    let result: JSON?
    let error: String?

    init(_ value: JSON?) throws(ScriptError) {
        let expected = #"expected {"ok": true or false, "result": any value, "error": text}"#
        guard let object = value?.object, let ok = object["ok"]?.bool,
            object.allSatisfy({ ["ok", "result", "error"].contains($0.key) }),
            object["error"].map({ $0.isNull || $0.string != nil }) ?? true
        else { throw ScriptError(.invalid, expected, argument: "value") }
        guard JSON.object(object).serialized().count <= ScriptLimits.valueBytes else {
            throw ScriptError(.invalid, expected + " of at most \(ScriptLimits.valueBytes) bytes", argument: "value")
        }
        isDone = ok
        result = object["result"].flatMap { $0.isNull ? nil : $0 }
        error = (object["error"]?.string).map { Redactor().redact($0).text }
    }
}

extension ScriptStep.Decide {
    /// The request for which a step waits.
    func request(_ pending: ScriptPending, step: String) -> ScriptDecisionRequest {
        ScriptDecisionRequest(
            ticket: pending.ticket,
            step: step,
            model: model,
            decision: decision,
            inputs: pending.request.object ?? [:]
        )
    }
}

extension ScriptResolutionRequest {
    /// Creates the request for which a step waits.
    init(_ pending: ScriptPending, step: String) {
        ticket = pending.ticket
        self.step = step
        action = pending.request["action"]?.string ?? ""
        amount = pending.request["amount"]?.string
        currency = pending.request["currency"]?.string
        reason = pending.request["reason"]?.string ?? ""
        reference = pending.request["reference"]?.object
        context = pending.request["context"]?.object
    }
}
