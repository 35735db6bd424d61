import DMN
import FEEL
package import Policies
import Vocabulary

/// Replays recorded cases on a draft of the policy.
///
/// Windows stay as they were recorded: a replay does not follow a changed decision into later windows. Several threads
/// may replay different cases at once.
package struct PolicyReplay: Sendable {
    private let policy: AuthorityPolicy
    private let sessions = IdlePool<(ReplaySession, PackedReplay?)>()

    /// Takes a draft.
    ///
    /// - Throws: `DMNError` when it has no decision `resolution`.
    package init(_ draft: Policy) throws { policy = try AuthorityPolicy(draft) }

    /// What the draft makes of the cases.
    ///
    /// A few microseconds a case where the policy and the case have packed forms, which gives the same answers.
    package func tally(_ cases: [RecordedCase], isPacked: Bool = true) -> ReplayTally {
        var tally = ReplayTally()
        let (session, packed) = sessions.borrow { (policy.session(), policy.packedReplay()) }
        defer { sessions.giveBack((session, packed)) }
        for one in cases {
            if isPacked, let packed, let decided = one.decided(by: packed) {
                tally.add(.init(from: decided.from, to: decided.to), amount: decided.amount) {
                    (try? one.read()).map { example(of: $0, to: decided.to, amount: decided.amount) }
                }
            } else {
                decide(one, session, &tally)
            }
        }
        return tally
    }

    /// Decides a case in the ordinary way.
    private func decide(_ one: RecordedCase, _ session: ReplaySession, _ tally: inout ReplayTally) {
        let content: RecordedCase.Content
        do {
            content = try one.read()
        } catch {
            tally.addUnreadable("\((error as? ResolutionError)?.message ?? "\(error)")")
            return
        }
        let amount = content.facts.amount
        let outcome = session.outcome(on: content.facts, amount: amount)
        tally.add(.init(from: content.outcome, to: outcome), amount: amount) {
            example(of: content, to: outcome, amount: amount)
        }
    }

    private func example(
        of content: RecordedCase.Content,
        to outcome: ResolutionOutcome,
        amount: Money?
    ) -> ReplayTally.Example {
        ReplayTally.Example(
            id: content.id,
            from: content.outcome,
            to: outcome,
            action: content.facts.request["action"]?.string ?? "",
            amount: amount,
            becauseFrom: content.because?.array?.compactMap(\.string) ?? [],
            becauseTo: policy.verdict(on: content.facts).because
        )
    }
}

/// Decides case after case on one thread.
final class ReplaySession {
    /// The moment of the case in hand.
    private final class Moment {
        var value = DateAndTime.epoch
    }

    private let decision: CompiledDecision
    private let session: DecisionSession
    private let moment: Moment
    private let pool = ShapePool()

    init(_ decision: CompiledDecision) {
        let moment = Moment()
        var settings = AuthorityPolicy.settings(now: 0)
        settings.clock = { moment.value }
        self.decision = decision
        self.moment = moment
        session = DecisionSession(decision, settings: settings)
    }

    /// What the policy decides, without the reasons.
    func outcome(on facts: CaseFacts, amount: Money?) -> ResolutionOutcome {
        moment.value = AuthorityPolicy.moment(facts.now)
        let value = session.value(AuthorityPolicy.values(of: decision, facts, pool))
        return VerdictReader(amount: amount, hasErrors: !session.errors.isEmpty).read(value).outcome
    }
}
