package import AuditTrail
import Digests
import Storage
import Vocabulary

/// What operations do: look, send again, and try out.
extension WebhookDesk {
    /// A hook and how it stands.
    package struct Standing: Sendable {
        package let hook: Webhook
        package let state: HookState
        /// How many deliveries are queued.
        package let waiting: Int
        /// When the oldest event happened that is queued.
        package let oldestAt: Int64?
        /// How many events of the logs it has not looked at yet, whether it wants them or not.
        package let behind: Int64
    }

    /// Every hook of the file in force, sorted by name, with how it stands.
    package func standings() async throws -> [Standing] {
        let book = try await hooks.book()
        return try await store.read { transaction in
            let positions = try OutboxTables.positions(in: transaction)
            let heads = try Dictionary(
                uniqueKeysWithValues: logs.map { log in
                    (log.name, try Store.current(log.name, in: transaction))
                }
            )
            return try book.hooks.map { hook in
                let waiting = try OutboxTables.waiting(hook.name, in: transaction)
                let own = positions.filter { $0.hook == hook.name }
                return Standing(
                    hook: hook,
                    state: try OutboxTables.state(of: hook.name, in: transaction),
                    waiting: waiting.count,
                    oldestAt: waiting.oldest,
                    behind: own.reduce(0) { $0 + max(0, (heads[$1.log] ?? 0) - $1.cursor) }
                )
            }
        }
    }

    /// Deliveries, newest first.
    package func deliveries(_ query: DeliveryQuery) async throws -> [Delivery] {
        try await store.read { try OutboxTables.list(query, in: $0) }
    }

    /// The id of a delivery's event, which is that of its webhook.
    package func eventID(of delivery: Delivery) -> String {
        let noun = logs.first { $0.name == delivery.log }?.noun ?? delivery.log
        return "\(noun)-\(delivery.cursor)"
    }

    /// The hook of a name.
    ///
    /// - Throws: ``WebhookError`` `notFound`; the store's error.
    private func hook(_ name: String) async throws -> Webhook {
        guard let hook = try await hooks.book()[name] else {
            throw WebhookError(.notFound, "there is no webhook “\(name)”", argument: "webhook")
        }
        return hook
    }

    /// Has deliveries that ended sent again, before what is queued later; the events keep their ids.
    ///
    /// - Parameters:
    ///   - selection: which, at most ``batch`` of them.
    ///   - name: the hook.
    ///   - actor: who wants it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: how many that are.
    /// - Throws: ``WebhookError`` `notFound` for an unknown hook; the store's error.
    package func replay(
        _ selection: ReplaySelection,
        of name: String,
        by actor: AuditActor,
        now: Int64
    ) async throws -> Int {
        let hook = try await hook(name)
        return try await store.write { transaction in
            let waiting = try OutboxTables.waiting(hook.name, in: transaction).count
            let room = min(Self.batch, max(0, Self.mostWaiting - waiting))
            let count = try OutboxTables.replay(selection, of: hook.name, now: now, limit: room, in: transaction)
            try Self.audit("replay", hook.name, "\(count) deliveries", by: actor, now: now, in: transaction)
            return count
        }
    }

    /// Sends an event that only shows that events arrive; a hook whose receiver takes it goes on at once.
    ///
    /// - Parameters:
    ///   - name: the hook.
    ///   - actor: who wants it.
    ///   - now: the clock, in microseconds since 1970.
    /// - Returns: what came of it.
    /// - Throws: ``WebhookError`` `notFound` for an unknown hook; the store's error.
    package func test(
        _ name: String,
        by actor: AuditActor,
        now: @escaping @Sendable () -> Int64
    ) async throws -> WebhookOutcome {
        let hook = try await hook(name)
        let source = try await hooks.book().source
        let outcome: WebhookOutcome
        if let signature = signature(of: hook) {
            let event = CloudEvent(
                id: "test-\(Bytes.hexadecimal(Bytes.random(8)))",
                source: source,
                type: EventTypes.test,
                subject: "webhook/\(hook.name)",
                at: now(),
                sequence: nil,
                data: ["webhook": .string(hook.name)]
            )
            outcome = await sender.send(WebhookRequest(event, to: hook, signature: signature, now: now()))
        } else {
            outcome = WebhookOutcome(.secret)
        }
        let moment = now()
        try await store.write { transaction in
            if outcome.isSuccess {
                var state = try OutboxTables.state(of: hook.name, in: transaction)
                _ = state.note(outcome, of: hook, now: moment, chance: 0)
                try OutboxTables.put(state, of: hook.name, in: transaction)
                try OutboxTables.hurry(hook.name, now: moment, in: transaction)
            }
            let details = outcome.isSuccess ? "delivered" : "failed"
            try Self.audit("test", hook.name, details, by: actor, now: moment, in: transaction)
        }
        return outcome
    }

    private static func audit(
        _ verb: String,
        _ hook: String,
        _ details: String,
        by actor: AuditActor,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let event = AuditEvent(actor: actor, action: "webhook.\(verb)", target: hook, details: details)
        try AuditLog.append([event], at: now, in: transaction)
    }
}
