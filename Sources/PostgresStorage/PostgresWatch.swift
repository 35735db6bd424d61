internal import CLibPQ
import Foundation
internal import Storage
import Synchronization

/// Follows the commits of other nodes, and tells them of this one's, on a thread and a connection of its own.
///
/// A notice (`NOTIFY`) says only that somebody has committed; what is true is the number in `store_head`, which is asked for
/// after a notice and at least every ``interval``. A notice that is lost therefore delays and loses nothing. It is not sent in
/// the transaction that commits: the database would let one such transaction commit at a time, over all databases of the server.
/// Several commits within ``pause`` become one notice.
///
/// The same question tells whether the database answers at all, which ``PostgresGate`` passes on, and what time it is there.
final class PostgresWatch: Sendable {
    /// Which notices are sent and listened to; a database has its own.
    static let channel = "frontline_commits"
    private static let interval = Duration.milliseconds(200)
    private static let pause = Duration.milliseconds(5)
    /// An attempt to connect that fails later than this was not answered.
    private static let patience = Duration.seconds(2)

    /// What the thread shares with those who wake it; it does not keep the owner alive.
    private final class Shared: Sendable {
        let gate: PostgresGate
        let position: PostgresPosition
        let listeners: CommitListeners
        let time: StoreTime
        let wake: Int32
        let isDue = Atomic(false)
        let isClosed = Atomic(false)
        let running = DispatchGroup()

        init(
            _ gate: PostgresGate,
            _ position: PostgresPosition,
            _ listeners: CommitListeners,
            _ time: StoreTime
        ) throws {
            (self.gate, self.position, self.listeners, self.time) = (gate, position, listeners, time)
            wake = frontline_wake_open()
            guard wake >= 0 else { throw StorageError(code: .cannotOpen, message: "no descriptor is left") }
        }

        deinit { _ = Foundation.close(wake) }

        func signal() {
            var one: UInt64 = 1
            _ = Foundation.write(wake, &one, 8)
        }
    }

    private let shared: Shared

    init(
        _ gate: PostgresGate,
        _ position: PostgresPosition,
        _ listeners: CommitListeners,
        _ time: StoreTime
    ) throws {
        shared = try Shared(gate, position, listeners, time)
    }

    deinit { end() }

    /// Starts the thread; once.
    func start() {
        let shared = shared
        shared.running.enter()
        let thread = Thread {
            Self.run(shared)
            shared.running.leave()
        }
        thread.name = "store-watch"
        thread.start()
    }

    /// What is called after each commit of this node, so that the others are told.
    ///
    /// Costs a system call at most.
    func committed() -> @Sendable () -> Void {
        { [shared] in
            if !shared.isDue.exchange(true, ordering: .acquiringAndReleasing) { shared.signal() }
        }
    }

    func close() {
        end()
        shared.running.wait()
    }

    private func end() {
        shared.isClosed.store(true, ordering: .releasing)
        shared.signal()
    }

    private static func run(_ shared: Shared) {
        var connection: PostgresConnection?
        var lastNotice = ContinuousClock.now - pause
        while !shared.isClosed.load(ordering: .acquiring) {
            do {
                let open = try connection ?? listening(shared)
                connection = open
                try look(open, shared)
                if shared.gate.isShut {
                    // Somebody could not connect; the others are let in again when this can.
                    if let trial = try? shared.gate.open(for: .watching) { trial.close() }
                }
                let due = lastNotice + pause
                if shared.isDue.load(ordering: .acquiring), .now >= due {
                    // Before it is sent: a commit that comes now needs another one.
                    shared.isDue.store(false, ordering: .releasing)
                    lastNotice = .now
                    try open.perform(["NOTIFY \(channel)"])
                }
                let wait = shared.isDue.load(ordering: .acquiring) ? max(due - .now, .milliseconds(1)) : interval
                try idle(open, shared, for: wait)
            } catch {
                connection?.close()
                connection = nil
                // What is known grows old meanwhile, and those who rely on it ask the database themselves.
                sleep(shared, interval)
            }
        }
        connection?.close()
    }

    private static func listening(_ shared: Shared) throws -> PostgresConnection {
        let begun = ContinuousClock.now
        do {
            let connection = try shared.gate.open(for: .watching)
            try connection.perform(["LISTEN \(channel)"])
            return connection
        } catch let error as StorageError {
            shared.gate.shut(error, isSilent: .now - begun >= patience)
            throw error
        }
    }

    /// Asks for the last commit, and tells those who wait when it is another node's.
    private static func look(_ connection: PostgresConnection, _ shared: Shared) throws {
        let before = ContinuousClock.now
        let commits: Int64
        do { commits = try PostgresHead.look(on: connection, shared.time) } catch let error as StorageError {
            if .now - before >= shared.gate.settings.silenceLimit { shared.gate.shut(error, isSilent: true) }
            throw error
        }
        if !shared.gate.isShut { shared.gate.reopen() }
        if shared.position.saw(commits, at: before) { shared.listeners.tellAll() }
    }

    /// Waits for a notice of another node, for a commit of this one, or for the time to pass.
    private static func idle(_ connection: PostgresConnection, _ shared: Shared, for time: Duration) throws {
        let end = ContinuousClock.now + time
        while !takeNotices(connection) {
            guard wait(shared, connection.socket, for: end - .now) else { return }
            guard PQconsumeInput(connection.handle) == 1 else { throw connection.lost() }
        }
    }

    /// Takes the notices that have come; whether one is another node's.
    private static func takeNotices(_ connection: PostgresConnection) -> Bool {
        var isOther = false
        while let notice = PQnotifies(connection.handle) {
            isOther = isOther || notice.pointee.be_pid != PQbackendPID(connection.handle)
            PQfreemem(notice)
        }
        return isOther
    }

    /// Whether the socket is readable; false after the time, or when the thread was woken.
    private static func wait(_ shared: Shared, _ socket: Int32, for time: Duration) -> Bool {
        guard time > .zero else { return false }
        var descriptors = [
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
            pollfd(fd: shared.wake, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, 2, Int32(clamping: time.milliseconds)) > 0 else { return false }
        if descriptors[1].revents != 0 {
            var value: UInt64 = 0
            _ = Foundation.read(shared.wake, &value, 8)
            return false
        }
        return true
    }

    private static func sleep(_ shared: Shared, _ time: Duration) { _ = wait(shared, -1, for: time) }
}
