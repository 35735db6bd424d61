import Dispatch
import Foundation
import Knowledge
import Synchronization

/// Threads for work that takes long and may wait, such as embedding articles.
///
/// They are threads of their own, so that neither Swift's cooperative threads nor those that read the store are missing
/// for requests meanwhile, and the system runs them only when no other thread wants a processor (`nice`). They are started
/// when they are first needed.
package final class QuietThreads: BackgroundThreads {
    private typealias Job = @Sendable () -> Void

    private struct State {
        var jobs: [Job] = []
        var started = 0
        var idle = 0
        var isClosed = false
    }

    /// What the threads share; it does not keep the owner alive.
    private final class Shared: Sendable {
        let state = Mutex(State())
        let signal = DispatchSemaphore(value: 0)
    }

    package let count: Int
    private let niceness: Int32
    private let shared = Shared()

    /// - Parameters:
    ///   - count: how many threads, 1 or more.
    ///   - niceness: 0 to run like all others, to 19 for what hardly runs beside other work.
    package init(count: Int, niceness: Int32 = 10) {
        precondition(count >= 1, "somebody has to work")
        (self.count, self.niceness) = (count, niceness)
    }

    deinit {
        let started = shared.state.withLock { state in
            state.isClosed = true
            return state.started
        }
        for _ in 0..<started { shared.signal.signal() }
    }

    /// Runs a body on one of the threads; bodies wait in the order of their arrival.
    package func run<T: Sendable>(_ body: @Sendable @escaping () -> T) async -> T {
        await withCheckedContinuation { continuation in
            let isToStart = shared.state.withLock { state in
                state.jobs.append { continuation.resume(returning: body()) }
                guard state.idle < state.jobs.count, state.started < count else { return false }
                state.started += 1
                return true
            }
            if isToStart { start() }
            shared.signal.signal()
        }
    }

    private func start() {
        let (shared, niceness) = (shared, niceness)
        let thread = Thread {
            // Of the calling thread alone; if it cannot be done, the work is done all the same.
            if niceness != 0 { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
            while let job = Self.next(shared) { job() }
        }
        thread.name = "quiet"
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Waits for the next job; nil at the end.
    private static func next(_ shared: Shared) -> Job? {
        shared.state.withLock { $0.idle += 1 }
        shared.signal.wait()
        return shared.state.withLock { state in
            state.idle -= 1
            return state.jobs.isEmpty ? nil : state.jobs.removeFirst()
        }
    }
}
