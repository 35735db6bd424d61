import FrontlineProtocol
import JSONRPC
import Resolution

struct ResolutionEvaluateHandler: MethodHandler {
    typealias Method = ResolutionEvaluate
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let request = try GrantRequest(params)
        let evaluation = try services.authority.evaluate(request, for: caller.principal, now: caller.now)
        let verdict = evaluation.verdict
        let remaining = evaluation.remaining.map { ($0.window, MoneyAmount($0.amount)) }
        return Method.Result(
            outcome: ResolutionOutcome(verdict.outcome),
            say: try services.sentences.say(evaluation, of: request),
            limit: verdict.limit.map(MoneyAmount.init),
            remaining: remaining.isEmpty ? nil : Dictionary(remaining, uniquingKeysWith: { first, _ in first }),
            approverTier: verdict.approverTier.map(String.init),
            because: verdict.because,
            policy: ResolutionPolicy(verdict, version: evaluation.policyVersion, sha256: evaluation.policySHA256),
            history: .object(evaluation.facts.history)
        )
    }
}
