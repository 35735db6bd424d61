package import Access
import FrontlineProtocol
import JSONRPC
import Storage
import Synchronization
import Vocabulary

/// The subscribers of one feed; each gets the events that it may see and wants, in cursor order and without gaps.
///
/// The hub stores only positions; the log is the source of truth. A subscriber that is too slow is told the cursor it
/// has reached and dropped, so that it loses nothing if it subscribes again from there.
///
/// ## Topics
/// - ``subscribe(_:after:now:)``
/// - ``pump(now:)``
package final class EventHub<Feed: EventFeed>: Sendable {
    /// Creates the filter of events for a person.
    package typealias Wants = @Sendable (Principal) -> @Sendable (Feed.Event) -> Bool

    /// A client's request for a subscription.
    package struct Request: Sendable {
        /// The sink for its lines.
        let sink: any EventSink
        /// The current principal; nil if its token is no longer valid, which ends the subscription.
        let principal: @Sendable () async -> Principal?
        /// The expiry of the token, in microseconds since 1970; nil if it never expires.
        let expiresAt: Int64?
        /// Selects events for a person; evaluated again when the person's rights change.
        let wants: Wants

        package init(
            sink: any EventSink,
            principal: @escaping @Sendable () async -> Principal?,
            expiresAt: Int64? = nil,
            wants: @escaping Wants
        ) {
            self.sink = sink
            self.principal = principal
            self.expiresAt = expiresAt
            self.wants = wants
        }
    }

    private struct Subscriber {
        let request: Request
        var wants: @Sendable (Feed.Event) -> Bool
        var reader: Feed.Reader
        /// The cursor up to which events have been sent or filtered out.
        var position: Int64
        var isActive = false
        var spokenAt: Int64
        var checkedAt: Int64
        /// The epoch of tokens in which its token was last found valid.
        var epoch: Int64

        init(_ request: Request, as principal: Principal, of feed: Feed, position: Int64, epoch: Int64, now: Int64) {
            (self.request, self.position, self.epoch) = (request, position, epoch)
            (spokenAt, checkedAt) = (now, now)
            (wants, reader) = (request.wants(principal), feed.reader(principal))
        }
    }

    /// Where a subscription begins.
    package struct Beginning: Sendable {
        package let id: String
        /// Events after this one are sent.
        package let cursor: Int64
        /// The events after this one and up to the cursor that was asked for are no more, because the store has gone back to an
        /// earlier time; nil where nothing was lost.
        package let lostAfter: Int64?
    }

    /// Whether a call is sending due events.
    private enum Pump {
        case resting
        case running
        /// Running, and another round is required.
        case runningAgain
    }

    private struct State {
        var subscribers: [String: Subscriber] = [:]
        var taken: Int64 = 0
        var pump = Pump.resting
    }

    private static var heartbeatAfter: Int64 { 15_000_000 }
    private static var checkAfter: Int64 { 1_000_000 }
    private static var maximumSubscribers: Int { 20_000 }
    private static var maximumPerClient: Int { 16 }
    /// The number of events read at once.
    private static var chunk: Int { 256 }

    package let feed: Feed
    /// A number that changes whenever a subscriber may have lost its rights.
    private let epoch: @Sendable () async throws -> Int64
    private let state = Mutex(State())

    /// Creates a hub without subscribers.
    ///
    /// - Parameters:
    ///   - feed: the log.
    ///   - epoch: a number that changes whenever tokens do; subscribers are then checked again before more events are
    ///     sent.
    package init(feed: Feed, epoch: @escaping @Sendable () async throws -> Int64 = { 0 }) {
        self.feed = feed
        self.epoch = epoch
    }

    /// The number of subscriptions.
    package var count: Int { state.withLock { $0.subscribers.count } }

    /// Prepares a subscription, which starts with ``activate(_:)`` after its id has been returned to the client.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - after: the cursor after which to send events; nil for events from now on.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the subscription.
    /// - Throws: `busy` beyond the limits, `unauthenticated`, the store's error.
    package func subscribe(_ request: Request, after: Int64?, now: Int64) async throws -> Beginning {
        let epoch = try await epoch()
        guard let principal = await request.principal() else { throw RPCError(.unauthenticated) }
        let gap: Store.Gap? = if let after { try await feed.gap(at: after) } else { nil }
        let head = try await feed.head()
        // With a cursor beyond the end, no event would be sent until the log has grown past it.
        let position = min(max(gap?.firstNew ?? after ?? head, 0), head)
        let lost = gap?.lastCommon ?? after.flatMap { $0 > head ? head : nil }
        let id = try state.withLock { state -> String in
            let own = state.subscribers.values.count { $0.request.sink === request.sink }
            guard own < Self.maximumPerClient, state.subscribers.count < Self.maximumSubscribers else {
                throw RPCError(.busy, "There are too many subscriptions", retryAfterMilliseconds: 1_000)
            }
            state.taken += 1
            // Clients route notifications only by the id, so it must be unique over all feeds.
            let id = "\(Feed.eventMethod.prefix { $0 != "." })-\(state.taken)"
            state.subscribers[id] = Subscriber(
                request,
                as: principal,
                of: feed,
                position: position,
                epoch: epoch,
                now: now
            )
            return id
        }
        request.sink.countSubscriptions(by: 1)
        return Beginning(id: id, cursor: position, lostAfter: lost)
    }

    /// Starts a prepared subscription.
    package func activate(_ id: String) {
        state.withLock { $0.subscribers[id]?.isActive = true }
    }

    /// Ends a subscription of this client; returns false if it has none with this id.
    package func unsubscribe(_ id: String, of sink: any EventSink) -> Bool {
        let isOwn = state.withLock { $0.subscribers[id]?.request.sink === sink }
        if isOwn { remove(id) }
        return isOwn
    }

    /// Ends all subscriptions of a client that has disconnected or authenticated as another subject.
    package func disconnect(_ sink: any EventSink) {
        let ended = state.withLock { state in
            let count = state.subscribers.count
            state.subscribers = state.subscribers.filter { $0.value.request.sink !== sink }
            return count - state.subscribers.count
        }
        sink.countSubscriptions(by: -ended)
    }

    /// Sends due notifications: a chunk of events to each subscriber that is behind, and heartbeats.
    ///
    /// Subscribers at the same position share one read, and those with equal readers share one encoding. Only one call
    /// runs at a time; a concurrent call makes it run another round and returns at once.
    ///
    /// - Returns: whether a subscriber is still behind, as far as this call knows.
    package func pump(now: Int64) async throws -> Bool {
        guard beginPump() else { return false }
        var isBehind = false
        do {
            repeat { isBehind = try await pumpOnce(now: now) } while endPump()
        } catch {
            state.withLock { $0.pump = .resting }
            throw error
        }
        return isBehind
    }

    /// Returns whether the caller should pump; if another call is running, that runs another round.
    private func beginPump() -> Bool {
        state.withLock { state in
            defer { state.pump = state.pump == .resting ? .running : .runningAgain }
            return state.pump == .resting
        }
    }

    /// Returns whether another round has been requested in the meantime.
    private func endPump() -> Bool {
        state.withLock { state in
            defer { state.pump = state.pump == .runningAgain ? .running : .resting }
            return state.pump == .runningAgain
        }
    }

    private func pumpOnce(now: Int64) async throws -> Bool {
        let active = state.withLock { state in state.subscribers.filter { $0.value.isActive } }
        guard !active.isEmpty else { return false }
        var isBehind = false
        for (position, ids) in Dictionary(grouping: active.keys, by: { active[$0]?.position ?? 0 }) {
            if try await feed.gap(at: position) != nil {
                // The store has gone back. When they subscribe again they are told since when.
                for id in ids { if let subscriber = active[id] { lag(subscriber, id: id) } }
                continue
            }
            let events = try await feed.events(after: position, limit: Self.chunk)
            isBehind = isBehind || events.count == Self.chunk
            var lines = EncodedEvents(events, feed: feed)
            // The epoch is read after the events, so that a subscriber who lost its rights before they were logged gets
            // none of them.
            let epoch = try await epoch()
            for id in ids {
                guard let subscriber = active[id] else { continue }
                try await deliver(&lines, to: subscriber, id: id, epoch: epoch, now: now)
            }
        }
        return isBehind
    }

    /// Encoded events, shared by subscribers with equal readers.
    private struct EncodedEvents {
        let events: [Feed.Event]
        private let feed: Feed
        /// The encoded members after `subscription_id`, with the closing braces, by reader and index.
        private var tails: [Feed.Reader: [Int: [UInt8]]] = [:]

        init(_ events: [Feed.Event], feed: Feed) { (self.events, self.feed) = (events, feed) }

        func cursor(_ place: Int) -> Int64 { feed.cursor(of: events[place]) }

        mutating func line(_ place: Int, for reader: Feed.Reader, to id: String) async throws -> [UInt8] {
            let start = """
                {"jsonrpc":"2.0","method":"\(Feed.eventMethod)","params":{"subscription_id":"\(id)",
                """
            let tail = if let known = tails[reader]?[place] { known } else { try await encode(place, for: reader) }
            var line: [UInt8] = []
            line.reserveCapacity(start.utf8.count + tail.count)
            line.append(contentsOf: start.utf8)
            line.append(contentsOf: tail)
            return line
        }

        private mutating func encode(_ place: Int, for reader: Feed.Reader) async throws -> [UInt8] {
            var members = try await feed.members(of: events[place], for: reader)
            members["cursor"] = .string("\(cursor(place))")
            let tail = Array(JSON.object(members).serialized().dropFirst()) + [UInt8(ascii: "}")]
            tails[reader, default: [:]][place] = tail
            return tail
        }
    }

    private func deliver(
        _ lines: inout EncodedEvents,
        to subscriber: Subscriber,
        id: String,
        epoch: Int64,
        now: Int64
    ) async throws {
        var subscriber = subscriber
        guard !subscriber.request.sink.isClosed, await confirm(&subscriber, epoch: epoch, now: now) else {
            return remove(id)
        }
        for place in lines.events.indices {
            if subscriber.wants(lines.events[place]) {
                let line = try await lines.line(place, for: subscriber.reader, to: id)
                guard subscriber.request.sink.send(line, usingReserve: false) else {
                    return lag(subscriber, id: id)
                }
                subscriber.spokenAt = now
            }
            subscriber.position = lines.cursor(place)
        }
        if now - subscriber.spokenAt >= Self.heartbeatAfter {
            let line = Self.notice(Feed.heartbeatMethod, id: id, cursor: subscriber.position)
            guard subscriber.request.sink.send(line, usingReserve: false) else { return lag(subscriber, id: id) }
            subscriber.spokenAt = now
        }
        state.withLock { state in
            if state.subscribers[id] != nil { state.subscribers[id] = subscriber }
        }
    }

    /// Checks a subscriber's token again if any token has changed, if it has expired, and periodically, because a
    /// subscriber that has lost a role or a team must not get further events.
    private func confirm(_ subscriber: inout Subscriber, epoch: Int64, now: Int64) async -> Bool {
        // `abs`, so that checks continue after the clock is set back.
        let isDue = abs(now - subscriber.checkedAt) >= Self.checkAfter
        let hasExpired = subscriber.request.expiresAt.map { now >= $0 } ?? false
        guard isDue || hasExpired || epoch != subscriber.epoch else { return true }
        guard let principal = await subscriber.request.principal() else { return false }
        (subscriber.wants, subscriber.reader) = (subscriber.request.wants(principal), feed.reader(principal))
        subscriber.checkedAt = now
        subscriber.epoch = epoch
        if subscriber.spokenAt > now { subscriber.spokenAt = now }
        return true
    }

    private func lag(_ subscriber: Subscriber, id: String) {
        let line = Self.notice(Feed.laggingMethod, id: id, cursor: subscriber.position)
        _ = subscriber.request.sink.send(line, usingReserve: true)
        remove(id)
    }

    private func remove(_ id: String) {
        let removed = state.withLock { $0.subscribers.removeValue(forKey: id) }
        removed?.request.sink.countSubscriptions(by: -1)
    }

    private static func notice(_ method: String, id: String, cursor: Int64) -> [UInt8] {
        RPCMessage.notification(
            method: method,
            params: ["subscription_id": .string(id), "cursor": .string("\(cursor)")]
        )
    }
}

/// The hubs of all feeds.
struct EventHubs: Sendable {
    let alerts: EventHub<AlertFeed>
    let conversations: EventHub<ConversationFeed>
    let work: EventHub<WorkFeed>

    /// Ends all subscriptions of a client that has disconnected or authenticated as another subject.
    func disconnect(_ sink: any EventSink) {
        alerts.disconnect(sink)
        conversations.disconnect(sink)
        work.disconnect(sink)
    }

    /// Sends due notifications of all feeds.
    ///
    /// - Returns: whether a subscriber is still behind.
    func pump(now: Int64) async throws -> Bool {
        let alertsWait = try await alerts.pump(now: now)
        let workWaits = try await work.pump(now: now)
        return try await conversations.pump(now: now) || alertsWait || workWaits
    }
}
