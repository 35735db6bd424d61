import CoreMetrics
import JSONRPC
import Logging
import RPCServer
import Synchronization
import Testing
import Vocabulary

@Suite struct MetricsTests {
    @Test func writesThePrometheusTextFormat() {
        let registry = PrometheusRegistry()
        let counter = registry.makeCounter(label: "calls.total", dimensions: [("method", "a\"b\\\n")])
        counter.increment(by: 2)
        registry.makeCounter(label: "calls.total", dimensions: [("method", "a\"b\\\n")]).increment(by: 1)
        registry.makeMeter(label: "open", dimensions: []).set(2.5)
        registry.makeTimer(label: "seconds", dimensions: [("method", "x")]).recordNanoseconds(2_000_000)
        let lines = registry.render().split(separator: "\n").map(String.init)
        #expect(lines.contains(#"calls_total{method="a\"b\\\n"} 3"#))
        #expect(lines.contains("# TYPE calls_total counter"))
        #expect(lines.contains("open 2.5"))
        #expect(lines.contains(#"seconds_bucket{method="x",le="0.001"} 0"#))
        #expect(lines.contains(#"seconds_bucket{method="x",le="0.0025"} 1"#))
        #expect(lines.contains(#"seconds_bucket{method="x",le="+Inf"} 1"#))
        #expect(lines.contains(#"seconds_sum{method="x"} 0.002"#))
        #expect(lines.contains(#"seconds_count{method="x"} 1"#))
    }

    @Test func tooManyLabelsShareOneSeries() {
        let registry = PrometheusRegistry()
        for index in 0..<(PrometheusRegistry.maximumSeries + 50) {
            registry.makeCounter(label: "c", dimensions: [("k", "\(index)")]).increment(by: 1)
        }
        let text = registry.render()
        #expect(text.contains(#"c{k="other"} 50"#))
        #expect(text.split(separator: "\n").count == PrometheusRegistry.maximumSeries + 2)
    }

    @Test(arguments: [
        ("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK", "hits 1"),
        ("GET /health HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 503 Service Unavailable", #"{"status":"degraded"}"#),
        ("GET /other HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 404 Not Found", "not found"),
        (
            "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 405 Method Not Allowed",
            "only GET"
        ),
        ("nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request", ""),
    ])
    func answersOverHTTP(request: String, status: String, body: String) async throws {
        try await Self.listening { address in
            let lines = try await Self.exchange(request, with: address)
            #expect(lines.first == status)
            #expect(body.isEmpty || lines.contains(body) || !lines.isEmpty && lines.last == body)
        }
    }

    @Test func silentClientsDoNotKeepOthersOut() async throws {
        try await Self.listening { address in
            var silent: [RawClient] = []
            for number in 0..<200 {
                silent.append(try await RawClient.connect(address))
                if number % 2 == 0 { try? await silent[number].send("GET /metr") }
            }
            let lines = try await Self.exchange("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", with: address)
            #expect(lines.first == "HTTP/1.1 200 OK")
            for client in silent { try await client.close() }
        }
    }

    private static func exchange(_ request: String, with address: RPCAddress) async throws -> [String] {
        let client = try await RawClient.connect(address)
        try await client.send(request)
        var lines: [String] = []
        for await line in client.lines {
            lines.append(String(decoding: line, as: UTF8.self))
        }
        return lines
    }

    /// Runs a listener while the body runs.
    private static func listening(_ body: (RPCAddress) async throws -> Void) async throws {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "hits", dimensions: []).increment(by: 1)
        let (ready, announce) = AsyncStream.makeStream(of: RPCAddress.self)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let listener = MetricsListener(
            address: .tcp(host: "127.0.0.1", port: 0),
            registry: registry,
            health: { .init(isHealthy: false, body: ["status": "degraded"]) },
            logger: logger,
            ready: { announce.yield($0) }
        )
        let running = Task { try await listener.run() }
        for await address in ready {
            try await body(address)
            break
        }
        running.cancel()
        try await running.value
    }
}
