package import Storage
import Vocabulary

/// Tells receivers of events: at least once, and of each subject in the order in which it happened.
///
/// One of several servers does it (the caller sees to that, with a fence), in two steps that are repeated:
///
/// 1. ``takeIn(now:)`` moves hooks on in the logs and queues what they are to be told, in one transaction.
/// 2. ``deliver(_:now:)`` sends what a hook is due, and writes what has become of it after each answer.
///
/// A server that ends between an answer and that transaction sends the event again, with the same id. Of each subject one delivery is
/// under way at a time, and the next is sent only when the one before has ended; other subjects go on meanwhile, and other hooks do
/// not notice. A hook with ``mostWaiting`` deliveries is not moved on: the log is the rest of its queue.
///
/// ## Topics
/// - ``takeIn(now:)``, ``due(now:)``, ``deliver(_:now:)``
/// - ``standings()``, ``deliveries(_:)``
/// - ``replay(_:of:by:now:)``, ``test(_:by:now:)``
/// - ``prune(now:)``
package struct WebhookDesk: Sendable {
    /// How many deliveries of a hook are queued at most.
    package static let mostWaiting = 10_000
    /// How many events of a log are read at once.
    private static let chunk = 256
    /// How many ended deliveries are deleted, or sent again, in one transaction.
    package static let batch = 1_000

    package static let migrations = OutboxTables.migrations

    let store: Store
    package let hooks: WebhookStore
    let logs: [any EventLog]
    let secrets: any WebhookSecrets
    let sender: any WebhookSender
    /// Random numbers from 0 to 1.
    let chance: @Sendable () -> Double

    package init(
        store: Store,
        hooks: WebhookStore,
        logs: [any EventLog],
        secrets: any WebhookSecrets,
        sender: any WebhookSender,
        chance: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        (self.store, self.hooks, self.logs) = (store, hooks, logs)
        (self.secrets, self.sender, self.chance) = (secrets, sender, chance)
    }

    // MARK: Queuing

    /// What hooks are to be told next.
    private struct Intake: Sendable {
        /// Hooks and logs without a position.
        var beginnings: [(hook: String, log: String)] = []
        /// Hooks with positions that are no longer in the file.
        var dropped: Set<String> = []
        var moves: [Move] = []

        var isEmpty: Bool { beginnings.isEmpty && dropped.isEmpty && moves.isEmpty }
    }

    private struct Move: Sendable {
        let position: HookPosition
        let cursor: Int64
        let events: [HookEvent]
    }

    /// Queues what has happened for those who are to be told.
    ///
    /// A hook begins with what happens after it was published. One that is paused or stopped stays where it is.
    ///
    /// - Parameter now: the time, in microseconds since 1970.
    /// - Returns: whether there may be more.
    /// - Throws: the store's error.
    package func takeIn(now: Int64) async throws -> Bool {
        let book = try await hooks.book()
        let intake = try await store.read { try self.intake(book, in: $0) }
        guard !intake.isEmpty else { return false }
        try await store.write(durability: .process) { transaction in
            for (hook, log) in intake.beginnings { try OutboxTables.begin(hook, at: log, in: transaction) }
            for hook in intake.dropped { try OutboxTables.drop(hook, now: now, in: transaction) }
            for move in intake.moves where try OutboxTables.move(move.position, to: move.cursor, in: transaction) {
                for event in move.events {
                    try OutboxTables.insert(event, of: move.position.log, for: move.position.hook, in: transaction)
                }
            }
        }
        return !intake.moves.isEmpty
    }

    private func intake(_ book: WebhookBook, in transaction: ReadTransaction) throws -> Intake {
        let positions = try OutboxTables.positions(in: transaction)
        var intake = Intake()
        intake.dropped = Set(positions.map(\.hook)).subtracting(book.hooks.map(\.name))
        for hook in book.hooks {
            let own = Set(positions.filter { $0.hook == hook.name }.map(\.log))
            intake.beginnings += logs.filter { !own.contains($0.name) }.map { (hook.name, $0.name) }
        }
        var room: [String: Int] = [:]
        for log in logs {
            let head = try Store.current(log.name, in: transaction)
            let behind = try positions.filter { position in
                guard position.log == log.name, position.cursor < head, let hook = book[position.hook] else {
                    return false
                }
                let left = try room[hook.name] ?? self.room(of: hook, in: transaction)
                room[hook.name] = left
                return left > 0
            }
            // Hooks at the same place share one read.
            for (cursor, group) in Dictionary(grouping: behind, by: \.cursor) {
                let events = try log.events(after: cursor, limit: Self.chunk, in: transaction)
                for position in group {
                    guard let hook = book[position.hook], let left = room[hook.name] else { continue }
                    let move = Self.move(position, over: events, head: head, for: hook, most: left)
                    room[hook.name] = left - move.events.count
                    intake.moves.append(move)
                }
            }
        }
        return intake
    }

    /// How many deliveries can be queued for a hook; none for one that is paused or stopped.
    private func room(of hook: Webhook, in transaction: ReadTransaction) throws -> Int {
        guard !hook.isPaused, try !OutboxTables.state(of: hook.name, in: transaction).isStopped(hook) else { return 0 }
        return try max(0, Self.mostWaiting - OutboxTables.waiting(hook.name, in: transaction).count)
    }

    /// How far a hook moves on over events, and what it is told on the way.
    private static func move(
        _ position: HookPosition,
        over events: [HookEvent],
        head: Int64,
        for hook: Webhook,
        most: Int
    ) -> Move {
        let reader = hook.reader
        var wanted: [HookEvent] = []
        // What follows the last event that is still stored was deleted.
        var cursor = events.count < chunk ? head : events.last?.cursor ?? head
        for event in events where hook.wants(event.type) && event.isSeen(reader) {
            guard wanted.count < most else {
                cursor = event.cursor - 1
                break
            }
            wanted.append(event)
        }
        return Move(position: position, cursor: max(cursor, position.cursor), events: wanted)
    }

    // MARK: Sending

    /// The hooks that can be sent something now.
    package func due(now: Int64) async throws -> [Webhook] {
        let book = try await hooks.book()
        guard !book.hooks.isEmpty else { return [] }
        return try await store.read { transaction in
            try book.hooks.filter { hook in
                guard try OutboxTables.state(of: hook.name, in: transaction).room(hook, now: now) > 0 else {
                    return false
                }
                return try !OutboxTables.due(hook.name, now: now, limit: 1, in: transaction).isEmpty
            }
        }
    }

    /// Sends what a hook is due, until nothing is or its receiver is to be left alone.
    ///
    /// - Parameters:
    ///   - name: the hook.
    ///   - now: the clock, in microseconds since 1970.
    /// - Returns: what became of each attempt, in the order of the answers.
    /// - Throws: the store's error; what was sent before it and is not written is sent again.
    @discardableResult
    package func deliver(_ name: String, now: @escaping @Sendable () -> Int64) async throws -> [Delivery] {
        try await withThrowingTaskGroup(of: (Delivery, WebhookOutcome?).self) { group in
            var underWay: Set<Int64> = []
            var done: [Delivery] = []
            while !Task.isCancelled {
                let book = try await hooks.book()
                let batch = try await next(book[name], underWay: underWay, now: now())
                for delivery in batch.deliveries {
                    guard let hook = batch.hook, let signature = batch.signature else { break }
                    underWay.insert(delivery.number)
                    group.addTask {
                        (delivery, try await attempt(delivery, hook, signature, source: book.source, now: now))
                    }
                }
                guard let (delivery, outcome) = try await group.next() else { break }
                underWay.remove(delivery.number)
                if let written = try await write(delivery, outcome, now: now()) { done.append(written) }
            }
            return done
        }
    }

    private struct Batch: Sendable {
        var hook: Webhook?
        var signature: WebhookSignature?
        var deliveries: [Delivery] = []
    }

    /// What is to be sent beside what is under way.
    private func next(_ hook: Webhook?, underWay: Set<Int64>, now: Int64) async throws -> Batch {
        guard let hook else { return Batch() }
        let deliveries = try await store.read { transaction -> [Delivery] in
            let room = try OutboxTables.state(of: hook.name, in: transaction).room(hook, now: now) - underWay.count
            guard room > 0 else { return [] }
            // The delivery of a subject that is under way is the first that waits, so the others of it are not due.
            let limit = room + underWay.count
            let due = try OutboxTables.due(hook.name, now: now, limit: limit, in: transaction)
            return Array(due.filter { !underWay.contains($0.number) }.prefix(room))
        }
        guard !deliveries.isEmpty else { return Batch() }
        guard let signature = signature(of: hook) else {
            try await store.write(durability: .process) { transaction in
                var state = try OutboxTables.state(of: hook.name, in: transaction)
                state.noteSecret(of: hook, now: now)
                try OutboxTables.put(state, of: hook.name, in: transaction)
            }
            return Batch()
        }
        return Batch(hook: hook, signature: signature, deliveries: deliveries)
    }

    func signature(of hook: Webhook) -> WebhookSignature? {
        let texts = hook.secrets.compactMap(secrets.secret)
        return texts.count == hook.secrets.count ? WebhookSignature(texts) : nil
    }

    /// One attempt; nil if the event is no longer stored, or not for this hook any more.
    private func attempt(
        _ delivery: Delivery,
        _ hook: Webhook,
        _ signature: WebhookSignature,
        source: String,
        now: @Sendable () -> Int64
    ) async throws -> WebhookOutcome? {
        guard let event = try await cloudEvent(of: delivery, for: hook, source: source) else { return nil }
        return await sender.send(WebhookRequest(event, to: hook, signature: signature, now: now()))
    }

    private func cloudEvent(of delivery: Delivery, for hook: Webhook, source: String) async throws -> CloudEvent? {
        guard let log = logs.first(where: { $0.name == delivery.log }) else { return nil }
        let event = try await store.read { transaction in
            try log.events(after: delivery.cursor - 1, limit: 1, in: transaction).first
        }
        let reader = hook.reader
        guard let event, event.cursor == delivery.cursor, hook.wants(event.type), event.isSeen(reader) else {
            return nil
        }
        return CloudEvent(
            id: "\(log.noun)-\(event.cursor)",
            source: source,
            type: event.type,
            subject: event.subject,
            at: event.at,
            sequence: event.cursor,
            data: try await event.data(reader)
        )
    }

    /// Writes what has become of a delivery; nil if it does not wait any more, or the attempt does not count.
    private func write(_ delivery: Delivery, _ outcome: WebhookOutcome?, now: Int64) async throws -> Delivery? {
        guard outcome?.failure != .cancelled else { return nil }
        let hook = try await hooks.book()[delivery.hook]
        let (first, second) = (chance(), chance())
        return try await store.write(durability: .process) { transaction -> Delivery? in
            guard let hook else { return nil }
            guard let outcome else {
                var gone = delivery
                (gone.state, gone.endedAt) = (.gone, now)
                return try OutboxTables.update(gone, in: transaction) ? gone : nil
            }
            let next = delivery.after(outcome, of: hook, now: now, chance: first)
            guard try OutboxTables.update(next, in: transaction) else { return nil }
            var state = try OutboxTables.state(of: hook.name, in: transaction)
            let isBack = state.note(outcome, of: hook, now: now, chance: second)
            state.delivered += next.state == .delivered ? 1 : 0
            state.lost += next.state == .failed ? 1 : 0
            try OutboxTables.put(state, of: hook.name, in: transaction)
            if isBack { try OutboxTables.hurry(hook.name, now: now, in: transaction) }
            return next
        }
    }

    // MARK: Retention

    /// Deletes deliveries that ended long ago.
    ///
    /// - Returns: whether there may be more.
    package func prune(now: Int64) async throws -> Bool {
        let keep = try await hooks.book().keep
        let deleted = try await store.write(durability: .process) { transaction in
            try WebhookDeliveryState.allCases.filter { $0 != .waiting }.map { state in
                let time = (state == .delivered ? keep.delivered : keep.failed).wholeMicroseconds
                return try OutboxTables.prune(state, before: now - time, limit: Self.batch, in: transaction)
            }
        }
        return deleted.contains(Self.batch)
    }
}
