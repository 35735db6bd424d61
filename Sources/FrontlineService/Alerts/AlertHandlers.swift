import Alerts
import Conversations
import DMN
import FrontlineProtocol
import JSONRPC
import Storage
import Vocabulary
import Workflow

struct AlertsAcknowledgeHandler: MethodHandler {
    typealias Method = AlertsAcknowledge
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, selection) = (services.alerts, AlertSelection(params.alertIds, group: params.group))
        let alerts = try await services.store.write { transaction in
            try desk.acknowledge(
                selection,
                note: params.note,
                by: caller.principal,
                now: caller.now,
                in: transaction
            )
        }
        return AlertBatch(alerts: try await services.messages(alerts, for: caller.principal))
    }
}

struct AlertsGetHandler: MethodHandler {
    typealias Method = AlertsGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let alert = try await services.alerts.alert(params.alertId, for: caller.principal)
        return try await services.message(alert, for: caller.principal)
    }
}

struct AlertsListHandler: MethodHandler {
    typealias Method = AlertsList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let filter = AlertFilter(
            status: params.status,
            criteria: AlertCriteria(
                severity: params.severity,
                kinds: params.kinds.map(Set.init),
                teams: params.teams.map(Set.init),
                agents: params.agents.map(Set.init),
                customerID: params.customerId
            ),
            conversationID: params.conversationId,
            sinceEvent: try await caller.alertCursor(params.after, services).map(number),
            after: params.cursor?.position ?? 0,
            limit: params.limit ?? 50
        )
        let (alerts, isComplete) = try await services.alerts.list(filter, for: caller.principal)
        return Method.Result(
            alerts: try await services.messages(alerts, for: caller.principal),
            nextCursor: isComplete ? nil : alerts.last.map { Cursor($0.number) }
        )
    }

    private func number(_ after: String) throws -> Int64 {
        guard let cursor = Cursor(after) else {
            throw RPCError.invalidParams(path: "params.after", expected: Cursor.expectation)
        }
        return cursor.position
    }
}

struct AlertsRaiseHandler: MethodHandler {
    typealias Method = AlertsRaise
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, directory) = (services.alerts, ConversationContacts(conversations: services.conversations))
        let alert = try await services.consequences.alertTransactions.write { transaction in
            try desk.help(
                params.kind ?? "help",
                in: params.conversationId,
                note: params.note,
                directory: directory,
                by: caller.principal,
                now: caller.now,
                in: transaction
            )
        }
        return AlertMessage(alert)
    }
}

struct AlertsReadHandler: MethodHandler {
    typealias Method = AlertsRead
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, cursor) = (services.alerts, params.cursor.position)
        let mark = try await services.store.write(durability: .process) { transaction in
            try desk.markRead(cursor, by: caller.principal, now: caller.now, in: transaction)
        }
        return Method.Result(cursor: Cursor(mark))
    }
}

extension Caller {
    /// The cursor for a caller's parameter `after`; the word `last` means the caller's own mark.
    func alertCursor(_ after: String?, _ services: Services) async throws -> String? {
        after == "last" ? "\(try await services.alerts.mark(of: principal))" : after
    }
}

struct AlertsReplyHandler: MethodHandler {
    typealias Method = AlertsReply
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, directory) = (services.alerts, ConversationContacts(conversations: services.conversations))
        let alert = try await services.consequences.alertTransactions.write { transaction in
            try desk.reply(
                to: params.alertId,
                params.text,
                directory: directory,
                by: caller.principal,
                now: caller.now,
                in: transaction
            )
        }
        return AlertMessage(alert)
    }
}

extension AlertReply {
    /// A reply in the wire format.
    init(_ reply: Alert.Reply) {
        self.init(by: reply.by, text: reply.text, at: Timestamp(microseconds: reply.at))
    }
}

struct AlertsResolveHandler: MethodHandler {
    typealias Method = AlertsResolve
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, selection) = (services.alerts, AlertSelection(params.alertIds, group: params.group))
        let outcome = params.outcome
        let alerts = try await services.store.write { transaction in
            try desk.resolve(
                selection,
                outcome: outcome,
                note: params.note,
                by: caller.principal,
                now: caller.now,
                in: transaction
            )
        }
        return AlertBatch(alerts: try await services.messages(alerts, for: caller.principal))
    }
}

struct AlertsSnoozeHandler: MethodHandler {
    typealias Method = AlertsSnooze
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, selection) = (services.alerts, AlertSelection(params.alertIds, group: params.group))
        let alerts = try await services.store.write { transaction in
            try desk.snooze(
                selection,
                until: params.until.microseconds,
                by: caller.principal,
                now: caller.now,
                in: transaction
            )
        }
        return AlertBatch(alerts: try await services.messages(alerts, for: caller.principal))
    }
}

struct AlertsSubscribeHandler: InLineMethodHandler {
    typealias Method = AlertsSubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let criteria = AlertCriteria(
            severity: params.severity,
            kinds: params.kinds.map(Set.init),
            teams: params.teams.map(Set.init),
            agents: params.agents.map(Set.init),
            customerID: params.customerId
        )
        let includesMuted = params.includeMuted ?? false
        let beginning = try await caller.subscribe(
            to: services.hubs.alerts,
            after: try caller.alertCursor(params.after, services),
            services: services,
            wants: { principal in
                let visibility = AlertVisibility(of: principal)
                return { event in
                    let alert = event.alert
                    return criteria.includes(alert) && (includesMuted || !alert.isMuted) && visibility.includes(alert)
                }
            }
        )
        return Method.Result(
            subscriptionId: beginning.id,
            cursor: Cursor(beginning.cursor),
            lostAfter: beginning.lostAfter.map(Cursor.init)
        )
    }
}

struct AlertsUnsubscribeHandler: InLineMethodHandler {
    typealias Method = AlertsUnsubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) throws -> Method.Result {
        try caller.unsubscribe(params.subscriptionId, from: services.hubs.alerts)
        return Method.Result()
    }
}

/// Checks a model before it is published as the policy `alerts`.
enum AlertPolicyCheck {
    /// The findings; empty if the model has the decision that is evaluated for every turn.
    @Sendable static func findings(in model: CompiledModel) -> [Finding] {
        guard !model.decisionNames.contains(AlertRules.decision) else { return [] }
        return [Finding(.error, .missing, "the model has no decision '\(AlertRules.decision)'")]
    }
}
