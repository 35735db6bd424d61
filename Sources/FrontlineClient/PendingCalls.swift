import NIOCore
import Synchronization
import Vocabulary

/// The calls of a client that wait for their answers.
final class PendingCalls: Sendable {
    private struct Call {
        let continuation: CheckedContinuation<JSON, any Error>
        let deadline: NIODeadline
    }

    private struct State {
        var calls: [Int: Call] = [:]
        var next = 1
        var failure: (any Error)?
    }

    private let state = Mutex(State())

    /// A number for a call that no other call has.
    func number() -> Int {
        state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
    }

    /// Enters a call, or fails it when the connection has ended; true when it may be sent.
    func enter(_ number: Int, _ continuation: CheckedContinuation<JSON, any Error>, _ deadline: NIODeadline) -> Bool {
        let failure = state.withLock { state in
            if state.failure == nil {
                state.calls[number] = Call(continuation: continuation, deadline: deadline)
            }
            return state.failure
        }
        if let failure {
            continuation.resume(throwing: failure)
        }
        return failure == nil
    }

    /// Ends a call, unless it has ended already.
    func end(_ number: Int, _ result: Result<JSON, any Error>) {
        let call = state.withLock { $0.calls.removeValue(forKey: number) }
        call?.continuation.resume(with: result)
    }

    /// Fails the calls that have waited too long.
    func expire(at now: NIODeadline) {
        let late = state.withLock { state in
            let late = state.calls.filter { $0.value.deadline <= now }
            for number in late.keys {
                state.calls[number] = nil
            }
            return late.values
        }
        for call in late {
            call.continuation.resume(
                throwing: FrontlineClientError(code: .timedOut, message: "no answer came in time")
            )
        }
    }

    /// Fails all calls, those to come too; the first failure stays.
    func fail(_ error: any Error) {
        let (calls, failure) = state.withLock { state in
            let failure = state.failure ?? error
            state.failure = failure
            defer { state.calls = [:] }
            return (state.calls.values, failure)
        }
        for call in calls {
            call.continuation.resume(throwing: failure)
        }
    }

    /// Why the connection has ended, if it has.
    var failure: (any Error)? { state.withLock { $0.failure } }
}
