import Dispatch
import Foundation
import Synchronization

/// The thread that commits: it sleeps while nothing is queued, and is started by the first body that is.
///
/// One thread of its own, and not whichever a pool has free: a commit begins with one wake-up, and no thread that Swift's tasks
/// share waits for a disk.
final class WriterThread: Sendable {
    private enum Stage {
        case unborn
        case running
        case ended
    }

    /// What the thread shares with its owner, whom it does not keep alive.
    private final class Shared: Sendable {
        let stage = Mutex(Stage.unborn)
        let signal = DispatchSemaphore(value: 0)
        let running = DispatchGroup()
    }

    private let shared = Shared()
    private let drain: @Sendable () -> Void

    /// Makes a thread that calls `drain`, which must not keep this object alive, whenever it is woken.
    init(drain: @Sendable @escaping () -> Void) { self.drain = drain }

    deinit { end() }

    /// Has the queue drained; false when the thread has been ended.
    func wake() -> Bool {
        let stage = shared.stage.withLock { stage -> Stage in
            guard stage == .unborn else { return stage }
            stage = .running
            // Here, so that whoever closes the thread waits for it.
            shared.running.enter()
            return .unborn
        }
        if stage == .ended { return false }
        if stage == .unborn { start() }
        shared.signal.signal()
        return true
    }

    /// Ends the thread once it has done what it was woken for.
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
            // Nothing is queued after the end, but there may be something from between the last look and the end.
            drain()
            shared.running.leave()
        }
        thread.name = "store-write"
        thread.start()
    }
}
