import FrontlineProtocol
import JSONRPC
import Resolution
import Vocabulary

struct ResolutionApproveHandler: MethodHandler {
    typealias Method = ResolutionApprove
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try await services.authority.approve(
            params.resolutionId,
            note: params.note,
            by: caller.principal,
            now: caller.now
        )
        return try await services.sentences.record(grant)
    }
}

struct ResolutionCancelHandler: MethodHandler {
    typealias Method = ResolutionCancel
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try await services.authority.cancel(
            params.resolutionId,
            reason: params.reason,
            by: caller.principal,
            now: caller.now
        )
        return try await services.sentences.record(grant)
    }
}

struct ResolutionEvaluateHandler: MethodHandler {
    typealias Method = ResolutionEvaluate
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let request = try GrantRequest(params)
        let evaluation = try await services.authority.evaluate(request, for: caller.principal, now: caller.now)
        let verdict = evaluation.verdict
        let remaining = evaluation.remaining.map { ($0.window, $0.amount) }
        return Method.Result(
            outcome: verdict.outcome,
            say: try await services.sentences.say(evaluation, of: request),
            limit: verdict.limit,
            remaining: remaining.isEmpty ? nil : Dictionary(remaining, uniquingKeysWith: { first, _ in first }),
            approverTier: verdict.approverTier.map(String.init),
            because: verdict.because,
            policy: ResolutionPolicy(verdict, version: evaluation.policyVersion, sha256: evaluation.policySHA256),
            history: .object(evaluation.facts.history)
        )
    }
}

struct ResolutionGetHandler: MethodHandler {
    typealias Method = ResolutionGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try await services.authority.grant(params.resolutionId, for: caller.principal, now: caller.now)
        let record = try await services.sentences.record(grant)
        let events = try await services.authority.events(of: grant.id).map { event in
            Method.Event(
                event: event.kind,
                at: Timestamp(microseconds: event.at),
                actor: event.actor,
                note: event.note
            )
        }
        return Method.Result(
            record: record,
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

struct ResolutionListHandler: MethodHandler {
    typealias Method = ResolutionList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        var query = GrantQuery()
        query.status = params.status
        query.customerID = params.customerId
        query.agent = params.agent
        query.isAwaitingCaller = params.awaiting == .me
        query.isAwaitingConfirmation = params.awaiting == .confirmation
        query.since = params.since?.microseconds
        query.limit = params.limit ?? 50
        if let cursor = params.cursor { query.after = cursor.position }
        let page = try await services.authority.list(query, for: caller.principal, now: caller.now)
        return Method.Result(
            resolutions: try await services.sentences.records(page.grants),
            nextCursor: page.next.map(Cursor.init)
        )
    }
}

struct ResolutionRejectHandler: MethodHandler {
    typealias Method = ResolutionReject
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try await services.authority.reject(
            params.resolutionId,
            note: params.note,
            by: caller.principal,
            now: caller.now
        )
        return try await services.sentences.record(grant)
    }
}

struct ResolutionRequestHandler: MethodHandler {
    typealias Method = ResolutionRequest
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try await services.authority.request(
            GrantRequest(params),
            key: params.idempotencyKey,
            for: caller.principal,
            now: caller.now
        )
        return try await services.sentences.record(grant)
    }
}

struct ResolutionSettleHandler: MethodHandler {
    typealias Method = ResolutionSettle
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let grant = try await services.authority.settle(
            params.resolutionId,
            result: params.result,
            reference: try Self.text(params.reference),
            by: caller.principal,
            now: caller.now
        )
        return try await services.sentences.record(grant)
    }

    private static func text(_ reference: JSON?) throws -> String? {
        switch reference {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default:
            guard let type = reference?["type"]?.string, let id = reference?["id"]?.string else {
                throw RPCError.invalidParams(path: "params.reference", expected: "a text, or {type, id}")
            }
            return "\(type) \(id)"
        }
    }
}
