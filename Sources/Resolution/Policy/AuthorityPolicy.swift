import DMN
import FEEL
import IEEEDecimal
package import Policies
package import Vocabulary

/// The policy that says who may grant what: a decision model whose decision `resolution` is asked for a verdict.
///
/// It fails closed: what is missing, wrong, in error or absurd requires approval by the highest tier, with the reason.
///
/// ## Topics
/// - ``verdict(on:isPacked:)``
/// - ``findings(in:)``
package struct AuthorityPolicy: Sendable {
    /// The name of the policy.
    package static let name = "resolution"
    /// The decision that is asked.
    package static let decision = "resolution"
    private static let remainingDecision = "remaining"

    /// The version.
    package let policy: Policy
    /// The windows that the model names, in a fixed order.
    package let windows: [Window]
    /// The actions and reasons that it knows.
    let names: RequestNames
    private let compiled: CompiledDecision
    private let remaining: CompiledDecision?
    // Nil inside where the decision has no packed form.
    private let deciders = IdlePool<PackedDecider?>()
    private let remainingDeciders = IdlePool<PackedDecider?>()

    /// Takes a version of the policy.
    ///
    /// - Throws: `DMNError` when it has no decision `resolution`.
    package init(_ policy: Policy) throws {
        self.policy = policy
        compiled = try policy.model.decision(named: Self.decision)
        // A model need not have it.
        remaining = try? policy.model.decision(named: Self.remainingDecision)
        let named = Set(HistoryPaths.all(in: policy.model).compactMap { Window(path: $0.path.members) })
        windows = Window.all.filter(named.contains)
        names = RequestNames(of: policy.model)
    }

    /// The verdict on a case.
    ///
    /// Cost: some microseconds where decision and case have packed forms; about 80 µs for the sample policy otherwise.
    ///
    /// - Parameters:
    ///   - facts: the case.
    ///   - isPacked: whether the verdict may be made on packed values, which gives the same one.
    /// - Returns: the verdict.
    package func verdict(on facts: CaseFacts, isPacked: Bool = true) -> Verdict {
        if isPacked, let verdict = packedVerdict(on: facts) { return verdict }
        let session = DecisionSession(compiled, settings: Self.settings(now: facts.now))
        let outcome = session.evaluate(Self.values(of: compiled, facts))
        let explanation = outcome.explanation
        return VerdictReader(
            amount: facts.amount,
            hasErrors: explanation.hasErrors,
            grounds: VerdictGrounds(explanation)
        )
        .read(outcome.value)
    }

    /// The verdict made on packed values; nil where the interpreter must make it.
    package func packedVerdict(on facts: CaseFacts) -> Verdict? {
        packed(compiled, deciders) { decider in
            guard let value = decider.value(on: facts) else { return nil }
            return VerdictReader(amount: facts.amount, hasErrors: false, grounds: decider.grounds).read(value)
        }
    }

    /// Lets `body` use a decider; nil where the decision has no packed form.
    private func packed<T>(
        _ decision: CompiledDecision,
        _ pool: IdlePool<PackedDecider?>,
        _ body: (PackedDecider) -> T?
    ) -> T? {
        let borrowed = pool.borrow { try? PackedDecider(decision, limits: Self.settings(now: 0).limits) }
        defer { if borrowed?.isWornOut != true { pool.giveBack(borrowed) } }
        return borrowed.flatMap(body)
    }

    /// What is left of the agent's own windows, by the window's name, where the model has the decision `remaining`.
    package func remaining(on facts: CaseFacts, isPacked: Bool = true) -> [(window: String, amount: Money)] {
        guard let remaining, let currency = facts.amount?.currency else { return [] }
        let value =
            (isPacked ? packed(remaining, remainingDeciders) { $0.value(on: facts) } : nil)
            ?? DecisionSession(remaining, settings: Self.settings(now: facts.now)).value(
                Self.values(of: remaining, facts)
            )
        guard case .list(let entries) = value else { return [] }
        return entries.compactMap { entry in
            guard case .context(let entry) = entry, case .string(let window)? = entry["window"],
                case .number(let amount)? = entry["amount"], let money = Money(amount, currency)
            else { return nil }
            return (window, money)
        }
    }

    /// The inputs of a decision in its order, from the facts.
    static func values(of decision: CompiledDecision, _ facts: CaseFacts, _ pool: ShapePool? = nil) -> [Value] {
        decision.inputs.map { input in
            switch input.name {
            case "request": PolicyValue.value(.object(facts.request), as: input.type, pool)
            case "agent": PolicyValue.value(.object(facts.agent), as: input.type, pool)
            case "customer": PolicyValue.value(.object(facts.customer), as: input.type, pool)
            case "history": PolicyValue.value(.object(facts.history), as: input.type, pool)
            case "context": PolicyValue.value(.object(facts.context), as: input.type, pool)
            case "now": .dateAndTime(moment(facts.now))
            default: .null
            }
        }
    }

    static func moment(_ microseconds: Int64) -> DateAndTime {
        DateAndTime(nanoseconds: Int128(microseconds) * 1_000, zone: .utc) ?? .epoch
    }

    /// Bounds under which one decision ends within about a hundredth of a second.
    static func settings(now: Int64) -> EvaluationSettings {
        var limits = EvaluationSettings.defaultLimits
        limits.steps = maximumSteps
        limits.valueSize = maximumValueSize
        limits.listCount = maximumValueSize
        let moment = moment(now)
        return EvaluationSettings(limits: limits, clock: { moment })
    }

    private static let maximumSteps = 20_000
    private static let maximumValueSize = 20_000
}

extension AuthorityPolicy {
    /// A moment in UTC as policies read it from text.
    static func momentText(_ microseconds: Int64) -> String { moment(microseconds).description }

    /// A moment given as microseconds since 1970 or as text with a zone; nil for anything else.
    static func moment(of json: JSON?) -> Int64? {
        switch json {
        case .number(let number)?: return number.integer(as: Int64.self)
        case .string(let text)?:
            guard case .dateAndTime(let moment)? = Value(temporal: text), moment.utcSeconds != nil else { return nil }
            return Int64(exactly: moment.nanoseconds / 1_000)
        default: return nil
        }
    }

    /// What replays cases on one thread.
    func session() -> ReplaySession { ReplaySession(compiled) }

    /// What replays cases on one thread without values of the language; nil where the decision has no packed form.
    func packedReplay() -> PackedReplay? { try? PackedReplay(compiled, limits: Self.settings(now: 0).limits) }
}
