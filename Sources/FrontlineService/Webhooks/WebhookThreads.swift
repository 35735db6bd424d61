import Synchronization
import Webhooks

/// Sends webhooks with libcurl, which blocks a thread for as long as a receiver takes.
///
/// Each hook has threads of its own, as many as it may have deliveries under way and one for tests, so a receiver that hangs holds
/// up nobody else. They are started when they are first needed.
final class WebhookThreads: WebhookSender {
    private struct Known {
        let threads: QuietThreads
        let count: Int
    }

    private let userAgent: String
    private let now: @Sendable () -> Int64
    private let known = Mutex<[String: Known]>([:])

    init(userAgent: String, now: @escaping @Sendable () -> Int64) { (self.userAgent, self.now) = (userAgent, now) }

    func send(_ request: WebhookRequest) async -> WebhookOutcome {
        let flag = CancelFlag()
        return await withTaskCancellationHandler {
            await threads(of: request.hook).run { [userAgent, now] in
                if flag.isSet { return WebhookOutcome(.cancelled) }
                return request.post(userAgent: userAgent, now: now, isCancelled: { flag.isSet })
            }
        } onCancel: {
            flag.set()
        }
    }

    /// The threads of a hook; other ones once it may have more deliveries under way.
    private func threads(of hook: Webhook) -> QuietThreads {
        known.withLock { known in
            if let found = known[hook.name], found.count == hook.parallel { return found.threads }
            // Those of hooks that were renamed end when their last delivery has.
            if known.count >= 2 * WebhookBook.Limits.hooks { known = [:] }
            let threads = QuietThreads(count: hook.parallel + 1, niceness: 0)
            known[hook.name] = Known(threads: threads, count: hook.parallel)
            return threads
        }
    }

    private final class CancelFlag: Sendable {
        private let state = Mutex(false)
        var isSet: Bool { state.withLock { $0 } }
        func set() { state.withLock { $0 = true } }
    }
}
