import Access
import FrontlineService
import JSONRPC
import Logging
import Synchronization
import Testing
import Vocabulary

@Suite struct RateTests {
    private static let second: Int64 = 1_000_000

    @Test func `a bucket holds its capacity and fills at its rate`() {
        let buckets = TokenBuckets(rate: 2, capacity: 3)
        for _ in 0..<3 { #expect(buckets.consume("a", now: 0) == .taken) }
        #expect(buckets.consume("a", now: 0) == .refused(0.5))
        #expect(buckets.consume("b", now: 0) == .taken)
        #expect(buckets.consume("a", now: Self.second / 2) == .taken)
        #expect(buckets.consume("a", now: Self.second / 2) == .refused(0.5))
    }

    @Test func `an amount taken in advance must be repaid`() {
        let buckets = TokenBuckets(rate: 10, capacity: 1, debt: 2)
        #expect(buckets.consume("a", now: 0) == .taken)
        #expect(buckets.consume("a", now: 0) == .owed(0.1))
        #expect(buckets.consume("a", now: 0) == .owed(0.2))
        guard case .refused = buckets.consume("a", now: 0) else {
            Issue.record("the debt has an end")
            return
        }
    }

    @Test func `a clock that is set back neither adds nor removes anything`() {
        let buckets = TokenBuckets(rate: 1, capacity: 1)
        #expect(buckets.consume("a", now: 100 * Self.second) == .taken)
        #expect(buckets.consume("a", now: 50 * Self.second) == .refused(1))
        #expect(buckets.consume("a", now: 51 * Self.second) == .taken)
    }

    @Test func `keys that have not been active are forgotten`() {
        let buckets = TokenBuckets(rate: 1, capacity: 1)
        for number in 0..<5_000 { _ = buckets.consume("\(number)", now: Self.second) }
        _ = buckets.consume("late", now: 10 * Self.second)
        #expect(buckets.count == 1)
    }

    @Test func `what is tried for one subject from many addresses is slowed as if it came from one`() throws {
        let guardian = SignInGuard(logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        func delay(_ address: String, _ subject: String?) throws -> Duration {
            try guardian.failed(.network(address), detail: "expired", subject: subject, client: "", now: Self.second)
        }
        for number in 0..<100 { #expect(try delay("10.0.0.\(number)", "anna") == .zero) }
        #expect(try delay("10.0.1.1", "anna") > .zero)
        #expect(try delay("10.0.1.2", "ben") == .zero)
        #expect(try delay("10.0.1.3", nil) == .zero)
    }

    /// Counts log entries.
    private struct CountingHandler: LogHandler {
        final class Lines: Sendable {
            let lines = Mutex<[String]>([])
        }

        let lines: Lines
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) {
            lines.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }

    @Test func `failed authentications are delayed by address and logged without flooding the log`() throws {
        let lines = CountingHandler.Lines()
        let guardian = SignInGuard(logger: Logger(label: "test") { _ in CountingHandler(lines: lines) })
        var waits: [Duration] = []
        var refused = 0
        for _ in 0..<500 {
            do {
                waits.append(
                    try guardian.failed(.network("192.0.2.1"), detail: "unknown", client: "x\ny", now: Self.second)
                )
            } catch {
                refused += 1
                #expect(error.code == 1005 && (error.retryAfterMilliseconds ?? 0) >= 2_000)
            }
        }
        #expect(waits.prefix(100).allSatisfy { $0 == .zero })
        #expect(waits.dropFirst(100).first == .milliseconds(100) && waits.last == .seconds(2))
        #expect(refused == 380)
        let logged = lines.lines.withLock { $0 }
        #expect(logged.count == 101)
        #expect(logged[0].contains("192.0.2.1") && logged[0].contains("unknown") && !logged[0].contains("\n"))
        let other = try guardian.failed(.network("192.0.2.2"), detail: "unknown", client: "", now: Self.second)
        #expect(other == .zero)
    }

    @Test func `only requests without a token are limited by address`() async throws {
        let desk = try Desk(publicRateLimit: 3)
        let (first, second) = (desk.server.connect(from: .network("a")), desk.server.connect(from: .network("a")))
        for connection in [first, second, first] { _ = try await connection.call("server.info") }
        await #expect(
            performing: { _ = try await second.call("server.health") },
            throws: { ($0 as? RPCError)?.code == 1005 && (($0 as? RPCError)?.retryAfterMilliseconds ?? 0) > 0 }
        )
        _ = try await desk.server.connect(from: .network("b")).call("server.info")
        for _ in 0..<10 { _ = try await desk.server.connect().call("server.info") }
        desk.advance(seconds: 1)
        _ = try await second.call("session.authenticate", ["token": .string(try await desk.token("anna", [.agent]))])
        for _ in 0..<10 { _ = try await second.call("server.info") }
    }
}
