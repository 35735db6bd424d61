import Customers
import Vocabulary

/// Answers that are known before they are asked for: proposals, and groups of steps asked in any order.
extension ScriptWalk {
    // MARK: Proposals

    /// What is proposed at the current step; nil if it asks for nothing, or nothing is known.
    func proposal() -> ScriptProposal? {
        guard state.status == .active, case .ask(let ask) = step.kind, let source = ask.source,
            ask.field.map({ definition.names[$0]?.isSensitive != true }) ?? true
        else { return nil }
        switch source.kind {
        case .said(let extractor, let within):
            return hearing.latest(extractor, for: ask, within: within).map {
                ScriptProposal(value: $0.value, origin: .turn($0.turn))
            }
        case .fact(let path):
            return fact(path).flatMap { Self.answer($0, to: ask) }
                .map { ScriptProposal(value: $0, origin: .fact(source.text)) }
        }
    }

    /// A fact by its path; what agents have stated counts, because an agent decides on a proposal.
    private func fact(_ path: [String]) -> JSON? {
        guard let root = bindings().json(path[0]) else { return nil }
        let start = path[0] == "customer" ? root.object.map { JSON.object(CustomerFacts.spoken($0)) } ?? root : root
        return path.dropFirst().reduce(start) { $0?[$1] }
    }

    private static func answer(_ fact: JSON, to ask: ScriptStep.Ask) -> JSON? {
        guard !fact.isNull, fact != "" else { return nil }
        guard !ask.choices.isEmpty else { return ask.type.fitting(fact) }
        let text = fact.string ?? (fact.object == nil && fact.array == nil ? fact.description : nil)
        return ask.choices.contains { $0.value == text } ? text.map(JSON.string) : nil
    }

    /// Answers the current step with what is proposed.
    ///
    /// - Parameter turn: the turn of the proposal that the agent has seen; nil for any.
    /// - Throws: ``ScriptError`` `conflict` if nothing is proposed, or something else than the agent has seen.
    mutating func accept(turn: Int64?) throws(ScriptError) {
        guard let proposal = proposal(), case .ask(let ask) = step.kind else {
            throw ScriptError(.conflict, "nothing is proposed at this step", argument: "accept")
        }
        let source = proposal.turn
        guard turn == nil || turn == source else {
            let newer = source.map { "turn \($0)" } ?? "a fact"
            throw ScriptError(.conflict, "the proposal has changed: it now comes from \(newer)", argument: "turn")
        }
        try answer(ask, proposal.value)
    }

    // MARK: Groups

    /// The group that a step is, or belongs to.
    func group(of id: String) -> String? {
        guard let step = definition.step(id) else { return nil }
        if case .anyOrder = step.kind { return id }
        return step.group
    }

    /// The steps of a group whose answers are missing, in the order in which they are asked.
    ///
    /// First those whose answers the customer has mentioned, in the order of the first mentions, then the others in the
    /// order of the script.
    func missing(in group: String) -> [String] {
        guard case .anyOrder(let members)? = definition.step(group)?.kind else { return [] }
        let open = members.map(\.step).filter(isMissing)
        guard open.count > 1 else { return open }
        let placed = open.enumerated().map { (id: $0.element, place: mention(of: $0.element), offset: $0.offset) }
        return placed.sorted { left, right in
            switch (left.place, right.place) {
            case (let a?, let b?): a == b ? left.offset < right.offset : a < b
            case (.some, nil): true
            case (nil, .some): false
            case (nil, nil): left.offset < right.offset
            }
        }.map(\.id)
    }

    private func mention(of id: String) -> ScriptHearing.Mention? {
        guard case .ask(let ask)? = definition.step(id)?.kind, case .said(let extractor, _)? = ask.source?.kind else {
            return nil
        }
        return hearing.firstMention(extractor, for: ask)
    }

    /// Whether a step of a group still has to be asked: its variable has no value, and it was not left in this visit.
    func isMissing(_ id: String) -> Bool {
        guard case .ask(let ask)? = definition.step(id)?.kind, let field = ask.field else { return false }
        let (frame, last) = (state.frame, state.frames.count - 1)
        if frame.settled?.contains(id) == true { return false }
        return frame.variables[field] == nil && secrets.values[last]?[field] == nil
            && secrets.found[last]?[field] == nil
    }

    /// Starts a group: asks the first missing answer, or leaves it.
    mutating func beginGroup() -> String? { missing(in: state.frame.step).first ?? leave() }

    /// Begins the visit of a group anew when it is entered from outside.
    mutating func enterGroup(_ id: String, from previous: String) {
        guard let group = group(of: id), group != self.group(of: previous) else { return }
        setSettled(nil)
    }

    /// Notes that a step of a group was answered or skipped, so that it is not asked again in this visit.
    mutating func settle(_ step: ScriptStep) {
        guard step.group != nil, state.frame.settled?.contains(step.id) != true else { return }
        setSettled((state.frame.settled ?? []) + [step.id])
    }
}
