import Dispatch
import Foundation
import Synchronization

/// The thread that commits: it sleeps while the queue is empty and is started by the first body.
///
/// It is a dedicated thread, so a commit starts with a single wake-up and no thread that Swift's tasks share waits for a disk.
final class WriterThread: Sendable {
    private enum Stage {
        case notStarted
        case running
        case ended
    }

    /// The state shared with the thread; it does not keep the owner alive.
    private final class Shared: Sendable {
        let stage = Mutex(Stage.notStarted)
        let signal = DispatchSemaphore(value: 0)
        let running = DispatchGroup()
    }

    private let shared = Shared()
    private let drain: @Sendable () -> Void

    /// Makes a thread that calls `drain`, which must not keep this object alive, whenever it is woken.
    init(drain: @Sendable @escaping () -> Void) { self.drain = drain }

    deinit { end() }

    /// Wakes the thread to drain the queue; returns false if it has ended.
    func wake() -> Bool {
        let stage = shared.stage.withLock { stage -> Stage in
            guard stage == .notStarted else { return stage }
            stage = .running
            // Entered here, so that `close` waits for the thread.
            shared.running.enter()
            return .notStarted
        }
        if stage == .ended { return false }
        if stage == .notStarted { start() }
        shared.signal.signal()
        return true
    }

    /// Ends the thread after the work it was woken for.
    func close() {
        end()
        shared.running.wait()
    }

    private func end() {
        let stage = shared.stage.withLock { stage in
            defer { stage = .ended }
            return stage
        }
        if stage == .running { shared.signal.signal() }
    }

    private func start() {
        let (shared, drain) = (shared, drain)
        let thread = Thread {
            while true {
                shared.signal.wait()
                drain()
                if shared.stage.withLock({ $0 == .ended }) { break }
            }
            // Bodies may have been queued between the last check and the end.
            drain()
            shared.running.leave()
        }
        thread.name = "store-write"
        thread.start()
    }
}
