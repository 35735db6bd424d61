import Foundation
import Synchronization

/// A value that a thread of its own computes, for what has to be there when a synchronous start returns.
final class ThreadedValue<Value: Sendable>: Sendable {
    private let result = Mutex<Value?>(nil)
    private let isDone = NSCondition()

    /// Starts a thread that runs `body` once.
    init(_ body: @Sendable @escaping () -> Value) {
        Thread { [self] in
            let value = body()
            isDone.withLock {
                result.withLock { $0 = value }
                isDone.broadcast()
            }
        }.start()
    }

    /// What the body returned; it waits until then.
    var value: Value {
        isDone.withLock {
            while true {
                if let value = result.withLock({ $0 }) { return value }
                isDone.wait()
            }
        }
    }
}
