import FrontlineProtocol
import JSONRPC
import Resolution

struct ResolutionGetHandler: MethodHandler {
    typealias Method = ResolutionGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try services.authority.grant(params.resolutionId, for: caller.principal, now: caller.now)
        let record = try services.sentences.record(grant)
        let events = try services.authority.events(of: grant.id).map { event in
            Method.Event(
                event: event.kind,
                at: Timestamp(microseconds: event.at),
                actor: event.actor,
                note: event.note
            )
        }
        return Method.Result(
            resolutionId: record.resolutionId,
            status: record.status,
            outcome: record.outcome,
            say: record.say,
            action: record.action,
            amount: record.amount,
            reason: record.reason,
            customerId: record.customerId,
            conversationId: record.conversationId,
            reference: record.reference,
            requestedBy: record.requestedBy,
            teams: record.teams,
            decidedBy: record.decidedBy,
            note: record.note,
            limit: record.limit,
            approverTier: record.approverTier,
            because: record.because,
            policy: record.policy,
            createdAt: record.createdAt,
            decidedAt: record.decidedAt,
            expiresAt: record.expiresAt,
            settlement: record.settlement,
            inputs: Self.inputs(grant.facts),
            history: .object(grant.facts.history),
            historyAfter: .object(grant.historyAfter),
            events: events
        )
    }

    private static func inputs(_ facts: CaseFacts) -> JSON {
        [
            "request": .object(facts.request), "agent": .object(facts.agent), "customer": .object(facts.customer),
            "context": .object(facts.context),
        ]
    }
}
