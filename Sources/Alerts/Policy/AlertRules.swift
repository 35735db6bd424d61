import FEEL
package import Policies
package import Texts
import Vocabulary

/// The signals, the policy and the texts in force, taken before a transaction and good for one turn.
package struct AlertRules: Sendable {
    /// What the policy answered.
    struct Answer: Sendable {
        var candidates: [AlertCandidate] = []
        /// The rules that decided.
        var because: [String] = []
        /// Why there is no sound answer.
        var failure: String?
    }

    /// The name of the policy.
    package static let policyName = "alerts"
    /// The decision that is asked on every turn.
    package static let decision = "alert"
    /// The decision, which a policy need not have, that says which alerts no longer escalate because the contact turned
    /// well.
    package static let calmingDecision = "calmed"
    /// Of one turn; more is a mistake of the policy.
    private static let maximumCandidates = 20

    /// The signals.
    package let signals: SignalBook
    /// The texts, in every language.
    package let texts: TextShelf
    /// What of e-mails was not written for them.
    package var email: EmailForms { signals.email }
    private let policy: Policy?
    /// Why the policy cannot be had; nil where none was published.
    private let defect: String?

    package init(signals: SignalBook, texts: TextShelf, policy: Policy?, defect: String? = nil) {
        self.signals = signals
        self.texts = texts
        self.policy = policy
        self.defect = defect
    }

    /// Asks the policy what to raise.
    ///
    /// A policy that is missing or fails loses no turn: then every signal that has a severity of its own is a
    /// candidate, so that what is dangerous is still seen.
    func decide(_ input: JSONObject, signals: [Signal], now: Int64) -> Answer {
        guard let policy else {
            return Answer(candidates: Self.fallback(signals), because: [], failure: defect)
        }
        do {
            return Self.read(try Self.ask(policy, Self.decision, input, now: now), signals)
        } catch {
            return Answer(candidates: Self.fallback(signals), failure: "\(error)")
        }
    }

    /// The kinds of alerts that need not escalate any more; none where the policy does not say so, or fails: then they do.
    func calmed(_ input: JSONObject, now: Int64) -> Set<String> {
        guard let policy, policy.decisionNames.contains(Self.calmingDecision),
            case .array(let kinds)? = try? Self.ask(policy, Self.calmingDecision, input, now: now).result
        else { return [] }
        return Set(kinds.compactMap(\.string))
    }

    private static func ask(
        _ policy: Policy,
        _ decision: String,
        _ input: JSONObject,
        now: Int64
    ) throws -> Policy.Answer {
        let moment = PolicyClock.moment(now)
        return try policy.evaluate(decision, offering: input, now: { moment })
    }

    private static func read(_ answer: Policy.Answer, _ signals: [Signal]) -> Answer {
        let contexts: [JSON]
        switch answer.result {
        case .null:
            guard !answer.failures.isEmpty else { return Answer() }
            return Answer(candidates: fallback(signals), failure: answer.failures.joined(separator: "; "))
        case .array(let elements): contexts = elements
        default: contexts = [answer.result]
        }
        let candidates = contexts.prefix(maximumCandidates).compactMap(AlertCandidate.init)
        var failures = answer.failures
        if contexts.count > maximumCandidates { failures.append("more than \(maximumCandidates) alerts on one turn") }
        if candidates.count < min(contexts.count, maximumCandidates) { failures.append("an alert has no kind") }
        return Answer(
            candidates: candidates,
            because: answer.because,
            failure: failures.isEmpty ? nil : failures.joined(separator: "; ")
        )
    }

    private static func fallback(_ signals: [Signal]) -> [AlertCandidate] {
        signals.compactMap { signal in
            signal.severity.map { severity in
                AlertCandidate(
                    kind: signal.kind,
                    severity: severity,
                    text: signal.isSensitive ? AlertTextKey.sensitiveSignal : AlertTextKey.signal,
                    escalateAfterSeconds: severity == .info ? nil : 300
                )
            }
        }
    }
}
