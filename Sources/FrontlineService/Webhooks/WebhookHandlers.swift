import Access
import FrontlineProtocol
import JSONRPC
import Vocabulary
import Webhooks

struct WebhookListHandler: MethodHandler {
    typealias Method = WebhookList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let standings = try await services.webhooks.standings()
        return Method.Result(webhooks: standings.map { Method.Webhook($0, now: caller.now) })
    }
}

struct WebhookDeliveriesHandler: MethodHandler {
    typealias Method = WebhookDeliveries
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let limit = params.limit ?? 50
        let query = DeliveryQuery(
            hook: params.webhook,
            state: params.state,
            before: params.cursor?.position,
            limit: limit + 1
        )
        let found = try await services.webhooks.deliveries(query)
        let page = found.prefix(limit)
        return Method.Result(
            deliveries: page.map { Method.Delivery($0, event: services.webhooks.eventID(of: $0)) },
            nextCursor: found.count > limit ? page.last.map { Cursor($0.number) } : nil
        )
    }
}

struct WebhookReplayHandler: MethodHandler {
    typealias Method = WebhookReplay
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let queued = try await services.webhooks.replay(
            try Self.selection(params),
            of: params.webhook,
            by: caller.principal.auditActor,
            now: caller.now
        )
        return Method.Result(queued: queued)
    }

    private static func selection(_ params: Method.Params) throws(RPCError) -> ReplaySelection {
        if let since = params.since { return .since(since.microseconds) }
        guard let ids = params.deliveryIds else { return .failed }
        var numbers: [Int64] = []
        for (index, id) in ids.enumerated() {
            guard let number = WebhookDeliveries.Delivery.number(of: id) else {
                throw RPCError.invalidParams(
                    path: "params.delivery_ids[\(index)]",
                    expected: "the id of a delivery, such as wd-17"
                )
            }
            numbers.append(number)
        }
        return .numbers(numbers)
    }
}

struct WebhookTestHandler: MethodHandler {
    typealias Method = WebhookTest
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let clock = ContinuousClock()
        let begun = clock.now
        let outcome = try await services.webhooks.test(
            params.webhook,
            by: caller.principal.auditActor,
            now: services.now
        )
        return Method.Result(
            delivered: outcome.isSuccess,
            status: outcome.status,
            problem: outcome.problem,
            milliseconds: Int((clock.now - begun) / .milliseconds(1))
        )
    }
}
