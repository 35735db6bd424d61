import ArgumentParser
import FrontlineClient
import FrontlineService
import JSONRPC
import Synchronization
import Vocabulary

struct BenchmarkRPCCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rpc",
        abstract: "Time requests to a server from many connections, each with many requests under way."
    )

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "Connections.") var connections = 4
    @Option(help: "Requests under way on every connection.") var pipeline = 32
    @Option(help: "How many seconds to run.") var seconds = 5.0
    @Option(help: "The method to call.") var method = "server.info"
    @Option(help: "Its parameters, as a JSON object.") var params: String?

    private struct Line: Encodable {
        let requestsPerSecond: Int
        let p50: Double
        let p99: Double
        let errors: Int

        enum CodingKeys: String, CodingKey {
            case errors
            case requestsPerSecond = "requests_per_second"
            case p50 = "p50_ms"
            case p99 = "p99_ms"
        }
    }

    func validate() throws {
        guard (1...10_000).contains(connections), (1...10_000).contains(pipeline), seconds > 0, seconds <= 3_600 else {
            throw ValidationError("connections and pipeline are 1 to 10000, seconds above 0 and at most 3600")
        }
    }

    func run() async throws {
        let params = try params.map { try JSON(parsing: $0) }
        let tally = Tally()
        let clients = try await withThrowingTaskGroup(of: FrontlineClient.self) { group in
            for _ in 0..<connections { group.addTask { try await connection.open() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let start = ContinuousClock.now
        let deadline = start + .seconds(seconds)
        await withDiscardingTaskGroup { group in
            for client in clients {
                for _ in 0..<pipeline {
                    group.addTask { await call(client, params, until: deadline, tally) }
                }
            }
        }
        let elapsed = (ContinuousClock.now - start).components
        for client in clients { await client.close() }
        let (times, errors) = tally.total
        let percentiles = Percentiles(nanoseconds: times)
        let duration = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        try Console.printJSON(
            Line(
                requestsPerSecond: Int(Double(times.count) / duration),
                p50: percentiles.milliseconds(0.5),
                p99: percentiles.milliseconds(0.99),
                errors: errors
            )
        )
    }

    private func call(
        _ client: FrontlineClient,
        _ params: JSON?,
        until deadline: ContinuousClock.Instant,
        _ tally: Tally
    ) async {
        var (times, errors): ([UInt64], Int) = ([], 0)
        while ContinuousClock.now < deadline {
            let start = ContinuousClock.now
            do {
                _ = try await client.call(method: method, params: params)
                let elapsed = (ContinuousClock.now - start).components
                times.append(UInt64(elapsed.seconds) * 1_000_000_000 + UInt64(elapsed.attoseconds / 1_000_000_000))
            } catch {
                errors += 1
                if !(error is RPCError) { break }
            }
        }
        tally.add(times, errors: errors)
    }

    /// The times and errors of all tasks.
    private final class Tally: Sendable {
        private let state = Mutex<(times: [UInt64], errors: Int)>(([], 0))

        func add(_ times: [UInt64], errors: Int) {
            state.withLock { state in
                state.times += times
                state.errors += errors
            }
        }

        var total: (times: [UInt64], errors: Int) { state.withLock { $0 } }
    }
}
