import Access
import FrontlineService
import JSONRPC
import Storage
import Synchronization
import Testing
import Vocabulary

@Suite("Event hub")
struct EventHubTests {
    /// A log in memory: the numbers from 1 up to its head.
    private final class Numbers: EventFeed {
        static let eventMethod = "numbers.event"
        static let heartbeatMethod = "numbers.heartbeat"
        static let laggingMethod = "numbers.lagging"
        static let log = "numbers"
        let newest = Mutex<Int64>(0)
        let gap = Mutex<Store.Gap?>(nil)

        func gap(at cursor: Int64) -> Store.Gap? {
            gap.withLock { $0 }.flatMap { $0.lastCommon < cursor && cursor < $0.firstNew ? $0 : nil }
        }
        func head() -> Int64 { newest.withLock { $0 } }
        func events(after cursor: Int64, limit: Int) -> [Int64] {
            Array(stride(from: cursor + 1, through: head(), by: 1).prefix(limit))
        }
        func cursor(of event: Int64) -> Int64 { event }
        func reader(_ principal: Principal) -> Everybody { Everybody() }
        func members(of event: Int64, for reader: Everybody) -> JSONObject { ["square": .string("\(event * event)")] }
    }

    /// A client that accepts a limited number of lines.
    private final class Client: EventSink {
        private let state: Mutex<(room: Int, lines: [JSON], subscriptions: Int, isClosed: Bool)>
        init(room: Int = .max) { state = Mutex((room, [], 0, false)) }

        var isSubscribed: Bool { state.withLock { $0.subscriptions > 0 } }
        func countSubscriptions(by change: Int) { state.withLock { $0.subscriptions += change } }
        func didAuthenticate() {}
        var isClosed: Bool { state.withLock { $0.isClosed } }
        var lines: [JSON] { state.withLock { $0.lines } }
        var cursors: [String] { lines.map { $0["params"]?["cursor"]?.string ?? "" } }
        func close() { state.withLock { $0.isClosed = true } }
        func send(_ line: [UInt8], usingReserve: Bool) -> Bool {
            state.withLock { state in
                guard state.room > 0 || usingReserve, let json = try? JSON(parsing: line) else { return false }
                state.room -= 1
                state.lines.append(json)
                return true
            }
        }
    }

    private let feed = Numbers()
    private let hub: EventHub<Numbers>
    private let listener = Principal(subject: "sara", roles: [.supervisor], attributes: ["team": .one("*")])

    init() { hub = EventHub(feed: feed) }

    private func subscribe(
        _ client: Client,
        after: Int64? = nil,
        principal: (@Sendable () -> Principal?)? = nil,
        wants: @escaping EventHub<Numbers>.Wants = { _ in { _ in true } }
    ) async throws -> String {
        let listener = listener
        let request = EventHub<Numbers>.Request(sink: client, principal: principal ?? { listener }, wants: wants)
        let id = try await hub.subscribe(request, after: after, now: 0).id
        hub.activate(id)
        return id
    }

    @Test("a subscriber that has read what the store has lost is told so, and goes on with what is new")
    func lost() async throws {
        log(upTo: 5)
        let (behind, ahead) = (Client(), Client())
        _ = try await subscribe(behind, after: 3)
        _ = try await subscribe(ahead, after: 5)
        // The store goes back to 3, and counts on from 100.
        feed.gap.withLock { $0 = Store.Gap(lastCommon: 3, firstNew: 100) }
        log(upTo: 100)
        try await pump()
        #expect(ahead.lines.map { $0["method"]?.string } == ["numbers.lagging"])
        #expect(!ahead.isSubscribed && behind.isSubscribed)
        let listener = listener
        let request = EventHub<Numbers>.Request(sink: ahead, principal: { listener }, wants: { _ in { _ in true } })
        let again = try await hub.subscribe(request, after: 5, now: 0)
        #expect(again.cursor == 100 && again.lostAfter == 3)
        #expect(try await hub.subscribe(request, after: 3, now: 0).lostAfter == nil)
        // A cursor beyond the end is of another store.
        let foreign = try await hub.subscribe(request, after: 1_000, now: 0)
        #expect(foreign.cursor == 100 && foreign.lostAfter == 100)
    }

    private func log(upTo newest: Int64) { feed.newest.withLock { $0 = newest } }

    private func pump(now: Int64 = 0) async throws {
        while try await hub.pump(now: now) {}
    }

    @Test("a subscriber gets what is logged after its cursor, in order and without gaps")
    func order() async throws {
        log(upTo: 3)
        let (fromStart, fromNow, fromTwo) = (Client(), Client(), Client())
        _ = try await subscribe(fromStart, after: 0)
        _ = try await subscribe(fromNow)
        _ = try await subscribe(fromTwo, after: 2)
        log(upTo: 1_000)
        try await pump()
        #expect(fromStart.cursors == (1...1_000).map(String.init))
        #expect(fromNow.cursors == (4...1_000).map(String.init))
        #expect(fromTwo.cursors == (3...1_000).map(String.init))
        let first = try #require(fromNow.lines.first)
        #expect(first["method"]?.string == "numbers.event")
        #expect(first["params"]?["square"]?.string == "16")
    }

    @Test("nothing is sent before the subscription is active")
    func activation() async throws {
        let client = Client()
        let listener = listener
        let request = EventHub<Numbers>.Request(sink: client, principal: { listener }, wants: { _ in { _ in true } })
        let id = try await hub.subscribe(request, after: 0, now: 0).id
        log(upTo: 2)
        try await pump()
        #expect(client.lines.isEmpty)
        hub.activate(id)
        try await pump()
        #expect(client.cursors == ["1", "2"])
    }

    @Test("filters exclude events")
    func filter() async throws {
        let client = Client()
        _ = try await subscribe(
            client,
            wants: { principal in { event in principal.subject == "sara" && event.isMultiple(of: 2) } }
        )
        log(upTo: 6)
        try await pump()
        #expect(client.cursors == ["2", "4", "6"])
    }

    @Test("a slow client is told its cursor and dropped, and loses nothing when it resubscribes")
    func lagging() async throws {
        let slow = Client(room: 3)
        _ = try await subscribe(slow)
        log(upTo: 10)
        try await pump()
        #expect(slow.lines.last?["method"]?.string == "numbers.lagging")
        #expect(slow.cursors == ["1", "2", "3", "3"])
        #expect(!slow.isSubscribed && hub.count == 0)
        let again = Client()
        _ = try await subscribe(again, after: 3)
        try await pump()
        #expect(again.cursors == (4...10).map(String.init))
    }

    @Test("a quiet subscription gets a heartbeat every 15 seconds with the cursor it has reached")
    func heartbeat() async throws {
        let client = Client()
        _ = try await subscribe(client, wants: { _ in { event in event == 1 } })
        log(upTo: 2)
        try await pump(now: 1_000_000)
        try await pump(now: 15_999_999)
        #expect(client.lines.count == 1)
        try await pump(now: 16_000_000)
        #expect(client.lines.last?["method"]?.string == "numbers.heartbeat")
        #expect(client.cursors.last == "2")
    }

    @Test("a subscription ends with its token")
    func revocation() async throws {
        let client = Client()
        let listener = listener
        let holder = ValidityHolder(isValid: true)
        _ = try await subscribe(client, principal: { holder.isValid ? listener : nil })
        log(upTo: 1)
        try await pump()
        holder.isValid = false
        log(upTo: 2)
        try await pump(now: 2_000_000)
        #expect(client.cursors == ["1"])
        #expect(hub.count == 0)
    }

    @Test("a subscriber that lost a right gets no event logged afterwards, however short the time")
    func revocationAtDelivery() async throws {
        let epoch = Mutex<Int64>(1)
        let hub = EventHub(feed: feed, epoch: { epoch.withLock { $0 } })
        let (client, other) = (Client(), Client())
        let listener = listener
        let holder = ValidityHolder(isValid: true)
        for (sink, isHeld) in [(client, true), (other, false)] {
            let request = EventHub<Numbers>.Request(
                sink: sink,
                principal: { isHeld && !holder.isValid ? nil : listener },
                wants: { _ in { _ in true } }
            )
            hub.activate(try await hub.subscribe(request, after: nil, now: 0).id)
        }
        log(upTo: 1)
        _ = try await hub.pump(now: 1)
        holder.isValid = false
        epoch.withLock { $0 += 1 }
        log(upTo: 2)
        _ = try await hub.pump(now: 2)
        #expect(client.cursors == ["1"])
        #expect(other.cursors == ["1", "2"])
    }

    @Test("a subscription gets nothing from the moment its token expires")
    func expiry() async throws {
        let client = Client()
        let holder = ValidityHolder(isValid: true)
        let listener = listener
        let request = EventHub<Numbers>.Request(
            sink: client,
            principal: { holder.isValid ? listener : nil },
            expiresAt: 10,
            wants: { _ in { _ in true } }
        )
        hub.activate(try await hub.subscribe(request, after: nil, now: 0).id)
        log(upTo: 1)
        try await pump(now: 9)
        holder.isValid = false
        log(upTo: 2)
        try await pump(now: 10)
        #expect(client.cursors == ["1"])
    }

    private final class ValidityHolder: Sendable {
        private let state: Mutex<Bool>
        init(isValid: Bool) { state = Mutex(isValid) }
        var isValid: Bool {
            get { state.withLock { $0 } }
            set { state.withLock { $0 = newValue } }
        }
    }

    @Test("only the client itself can end its subscription, and disconnecting ends all")
    func ending() async throws {
        let (client, other) = (Client(), Client())
        let id = try await subscribe(client)
        #expect(!hub.unsubscribe(id, of: other))
        #expect(hub.unsubscribe(id, of: client))
        #expect(!client.isSubscribed)
        _ = try await subscribe(client)
        _ = try await subscribe(other)
        hub.disconnect(client)
        #expect(hub.count == 1)
        other.close()
        log(upTo: 1)
        try await pump()
        #expect(hub.count == 0)
    }

    @Test("a client of two feeds stays subscribed until both have ended")
    func twoFeeds() async throws {
        let client = Client()
        let other = EventHub<Numbers>(feed: Numbers())
        let listener = listener
        _ = try await other.subscribe(
            .init(sink: client, principal: { listener }, wants: { _ in { _ in true } }),
            after: nil,
            now: 0
        )
        let id = try await subscribe(client)
        #expect(hub.unsubscribe(id, of: client))
        #expect(client.isSubscribed)
        other.disconnect(client)
        #expect(!client.isSubscribed)
    }

    @Test("one client holds at most 16 subscriptions")
    func bound() async throws {
        let client = Client()
        for _ in 0..<16 { _ = try await subscribe(client) }
        await #expect(throws: RPCError.self) { _ = try await subscribe(client) }
    }
}
