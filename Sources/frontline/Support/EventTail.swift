import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import JSONRPC
import Synchronization
import Vocabulary

/// A feed of the server, as ``EventTail`` reads it.
struct TailedFeed: Sendable {
    /// What a notification says.
    enum News: Sendable {
        /// An event of this number, to be shown.
        case event(Int64, show: @Sendable () -> Void)
        /// Every event up to this number was sent or left out.
        case alive(Int64)
        /// The server ends the subscription.
        case ended
    }

    /// Where a subscription begins.
    struct Beginning: Sendable {
        let id: String
        let cursor: Cursor
        /// The cursor after which what was shown has been lost with the store's last commits; nil where nothing was.
        let lostAfter: Cursor?
    }

    /// Subscribes after a cursor, with the filters or, for the bare feed, without.
    let subscribe: @Sendable (FrontlineClient, _ after: String?, _ isFiltered: Bool) async throws -> Beginning
    /// Ends a subscription.
    let unsubscribe: @Sendable (FrontlineClient, String) async throws -> Void
    /// Tells the server that everything up to a cursor was seen; nil for a feed that keeps no such mark.
    let mark: (@Sendable (FrontlineClient, Int64) async throws -> Void)?
    /// What a notification says; nil for one of another feed.
    let news: @Sendable (ServerNotification) throws -> News?
}

/// Reads a feed, over as many connections as it takes.
final class EventTail: Sendable {
    private static let firstPause = Duration.milliseconds(250)
    private static let longestPause = Duration.seconds(15)
    /// A stream that says nothing for so long, not even that it is alive, is dead.
    private static let silence = Duration.seconds(45)
    /// What the log holds comes at once; after so long nothing more of it is for this caller.
    private static let quiet = Duration.seconds(1)

    /// What stands for the cursor that was read last.
    static let last = "last"
    /// How often the server is told which events were printed.
    private static let markPause = Duration.seconds(2)

    private let connection: ConnectionOptions
    private let feed: TailedFeed
    /// Whether the server is told which events were printed.
    private let marksRead: Bool
    private let cursor = Mutex<Int64?>(nil)
    /// Up to where the server was told.
    private let marked = Mutex<Int64>(0)

    init(connection: ConnectionOptions, feed: TailedFeed, marksRead: Bool = false) {
        self.connection = connection
        self.feed = feed
        self.marksRead = marksRead
    }

    /// Says up to where everything was printed, so that the next run can begin there.
    func reportCursor() {
        guard let cursor = cursor.withLock({ $0 }) else { return }
        Console.error("cursor \(cursor)")
    }

    /// Prints what the log holds now.
    func printLog(after: String?, recent: Int64) async throws {
        let client = try await connection.open()
        let head = try await cursor(client, after: nil)
        var start = after.flatMap { Int64($0) } ?? max(0, head - recent)
        if after == Self.last { start = try await cursor(client, after: Self.last) }
        cursor.withLock { $0 = min(start, head) }
        if start < head {
            _ = try await subscribe(client, after: "\(start)")
            try await receive(client, until: head)
        }
        if marksRead {
            // The client that read the log was closed when nothing more came.
            let client = try await connection.open()
            try await mark(client)
            await client.close()
        }
        await client.close()
    }

    /// Prints what happens, until the program ends.
    ///
    /// - Throws: what makes another attempt useless: a token that is refused, a role that may not listen.
    func follow(after: String?) async throws {
        cursor.withLock { $0 = after.flatMap { Int64($0) } }
        let isLast = after == Self.last
        var pause = Self.firstPause
        var isFirst = true
        while true {
            do {
                let client = try await connection.open()
                let known = cursor.withLock { $0.map { "\($0)" } }
                let start = try await subscribe(client, after: known ?? (isLast ? Self.last : nil))
                cursor.withLock { $0 = $0 ?? start }
                (pause, isFirst) = (Self.firstPause, false)
                try await receive(client, until: nil)
                await client.close()
            } catch let error as RPCError where Self.isFinal(error) {
                throw error
            } catch let error as ValidationError {
                throw error
            } catch {
                if isFirst, error is FrontlineClientError { Console.error("waiting for the server: \(error)") }
                isFirst = false
            }
            try await Task.sleep(for: pause * Double.random(in: 0.75...1.25))
            pause = min(pause * 2, Self.longestPause)
        }
    }

    private static func isFinal(_ error: RPCError) -> Bool {
        [
            RPCErrorDefinition.unauthenticated.code, RPCErrorDefinition.forbidden.code,
            RPCErrorDefinition.invalidParams.code, RPCErrorDefinition.methodNotFound.code,
        ].contains(error.code)
    }

    private func subscribe(_ client: FrontlineClient, after: String?) async throws -> Int64 {
        let beginning = try await feed.subscribe(client, after, true)
        if let lost = beginning.lostAfter {
            let place = "cursor \(lost.position)"
            Console.error("the store went back to an earlier time; disregard everything shown after \(place)")
        }
        return beginning.cursor.position
    }

    /// Tells the server that everything up to what was printed was seen.
    private func mark(_ client: FrontlineClient) async throws {
        guard let mark = feed.mark, let cursor = cursor.withLock({ $0 }), cursor > marked.withLock({ $0 }) else {
            return
        }
        try await mark(client, cursor)
        marked.withLock { $0 = max($0, cursor) }
    }

    /// The cursor that a subscription would begin after: the log's last event for nil.
    private func cursor(_ client: FrontlineClient, after: String?) async throws -> Int64 {
        let beginning = try await feed.subscribe(client, after, false)
        try await feed.unsubscribe(client, beginning.id)
        return beginning.cursor.position
    }

    /// Prints events as they come, until the log is read up to a cursor, or the stream ends.
    private func receive(_ client: FrontlineClient, until end: Int64?) async throws {
        let watch = Watch()
        let patience = end == nil ? Self.silence : Self.quiet
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.read(client, until: end, watch: watch) }
            group.addTask {
                while watch.silence < patience { try await Task.sleep(for: .milliseconds(250)) }
                await client.close()
            }
            if marksRead, end == nil {
                group.addTask {
                    while true {
                        try await Task.sleep(for: Self.markPause)
                        try await self.mark(client)
                    }
                }
            }
            _ = try await group.next()
            group.cancelAll()
        }
    }

    /// When something was last heard.
    private final class Watch: Sendable {
        private let heard = Mutex(ContinuousClock.now)
        var silence: Duration { heard.withLock { ContinuousClock.now - $0 } }
        func hear() { heard.withLock { $0 = .now } }
    }

    private func read(_ client: FrontlineClient, until end: Int64?, watch: Watch) async throws {
        for await notification in client.notifications {
            watch.hear()
            switch try feed.news(notification) {
            case .event(let number, let show):
                // At least once is what the stream promises; once is what is printed.
                let isNew = cursor.withLock { cursor in
                    guard number > cursor ?? -1 else { return false }
                    cursor = number
                    return true
                }
                if isNew, end.map({ number <= $0 }) ?? true { show() }
                if let end, number >= end { return }
            case .alive(let number):
                cursor.withLock { $0 = max($0 ?? 0, number) }
                if let end, number >= end { return }
            case .ended: return
            case nil: break
            }
        }
    }
}
