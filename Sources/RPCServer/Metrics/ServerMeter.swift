package import JSONRPC
import Metrics
import Synchronization
import Vocabulary

/// Counts what a server does, through swift-metrics.
package final class ServerMeter: Sendable {
    private struct Key: Hashable {
        let method: String
        let outcome: Int
    }

    private let accepted = Counter(label: "rpc_connections_total")
    private let refused = Counter(label: "rpc_connections_refused_total")
    private let idle = Counter(label: "rpc_connections_idle_closed_total")
    private let halfOpen = Counter(label: "rpc_connections_half_open_total")
    private let evicted = Counter(label: "rpc_connections_evicted_total")
    private let shed = Counter(label: "rpc_connections_shed_total")
    private let acceptFailures = Counter(label: "rpc_accept_failures_total")
    private let held = Gauge(label: "rpc_held_bytes")
    private let open = Gauge(label: "rpc_connections_open")
    private let bytesIn = Counter(label: "rpc_received_bytes_total")
    private let bytesOut = Counter(label: "rpc_sent_bytes_total")
    private let requests = Mutex<[Key: Counter]>([:])
    private let durations = Mutex<[String: Metrics.Timer]>([:])

    /// Makes a meter that reports to the metrics system as it is set up now.
    package init() {}

    /// Counts a call; meant for ``DispatchHooks/observe``.
    package func observe(_ observation: DispatchObservation) {
        let outcome = observation.errorCode ?? 0
        let counter = requests.withLock { counters in
            let key = Key(method: observation.method, outcome: outcome)
            if let counter = counters[key] {
                return counter
            }
            let text = outcome == 0 ? "ok" : String(outcome)
            let counter = Counter(
                label: "rpc_requests_total",
                dimensions: [("method", observation.method), ("outcome", text)]
            )
            counters[key] = counter
            return counter
        }
        counter.increment()
        timer(observation.method).recordNanoseconds(Int64(clamping: observation.nanoseconds))
    }

    func connectionOpened(now count: Int) {
        accepted.increment()
        open.record(count)
    }

    func connectionClosed(now count: Int) {
        open.record(count)
    }

    func connectionRefused() {
        refused.increment()
    }

    func idleClosed() {
        idle.increment()
    }

    /// Counts a client of WebSocket that was gone without having closed.
    func halfOpenClosed() {
        halfOpen.increment()
    }

    /// Counts a client that had not signed in and made room for another.
    func strangerEvicted() {
        evicted.increment()
    }

    /// Counts a client that was closed because the server held too much for it.
    func connectionShed() {
        shed.increment()
    }

    /// Counts a connection that the system failed to accept.
    func acceptFailed() {
        acceptFailures.increment()
    }

    /// Records how many bytes the server holds for its clients.
    func holds(_ bytes: Int) {
        held.record(bytes)
    }

    func received(_ bytes: Int) {
        bytesIn.increment(by: bytes)
    }

    func sent(_ bytes: Int) {
        bytesOut.increment(by: bytes)
    }

    private func timer(_ method: String) -> Metrics.Timer {
        durations.withLock { timers in
            if let timer = timers[method] {
                return timer
            }
            let timer = Metrics.Timer(label: "rpc_request_seconds", dimensions: [("method", method)])
            timers[method] = timer
            return timer
        }
    }
}
