import Foundation
import JSONRPC
import Logging
import NIOCore
import RPCServer
import ServiceLifecycle
import Synchronization
import Vocabulary

/// What the test server knows of a client.
final class Caller: Sendable {
    let connection: Connection
    private let name = Mutex("nobody")

    init(connection: Connection) {
        self.connection = connection
    }

    var subject: String {
        get { name.withLock { $0 } }
        set { name.withLock { $0 = newValue } }
    }
}

/// Lets a handler wait until the test says so.
final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var mostWaiting = 0
    }

    private let state = Mutex(State())

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen {
                    state.waiting.append(continuation)
                    state.mostWaiting = max(state.mostWaiting, state.waiting.count)
                }
                return state.isOpen
            }
            if isOpen {
                continuation.resume()
            }
        }
    }

    var waitingCount: Int { state.withLock { $0.waiting.count } }
    var mostWaiting: Int { state.withLock { $0.mostWaiting } }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting {
            continuation.resume()
        }
    }
}

enum Echo: RPCMethod {
    struct Params: Codable, Sendable {
        let text: String
    }
    typealias Result = Params

    static let name = "echo"
    static let summary = "Says the same."
}

/// A server with a handful of methods on whatever transports a test wants.
struct TestServer: Sendable {
    let addresses: [RPCAddress]
    let latch: Latch
    let entered: AsyncStream<String>
    let disconnected: AsyncStream<UInt64>
    private let group: ServiceGroup

    var address: RPCAddress { addresses[0] }

    /// Runs a server while the body runs, and shuts it down.
    static func run(
        _ addresses: [RPCAddress] = [.tcp(host: "127.0.0.1", port: 0)],
        configure: (inout ServerConfiguration) -> Void = { _ in },
        body: (TestServer) async throws -> Void
    ) async throws {
        var configuration = ServerConfiguration()
        configuration.addresses = addresses
        configuration.limits.lingerTime = .milliseconds(500)
        configure(&configuration)
        let (ready, announce) = AsyncStream.makeStream(of: [RPCAddress].self)
        let (entered, enter) = AsyncStream.makeStream(of: String.self)
        let (disconnected, disconnect) = AsyncStream.makeStream(of: UInt64.self)
        let latch = Latch()
        let handler = DispatchingHandler(
            dispatcher: dispatcher(latch, enter),
            busy: { RPCError(code: 1_006, message: $0, data: ["code": "busy"]) },
            connect: { Caller(connection: $0) },
            admit: { connection, credential in
                let token: String? =
                    switch credential {
                    case .token(let text), .session(let text): text
                    case nil: nil
                    }
                guard token != "wrong" else { return .refused(.problem(401, "unknown token")) }
                let caller = Caller(connection: connection)
                caller.subject = token ?? "nobody"
                return .admitted(caller)
            },
            disconnect: { disconnect.yield($0.connection.id) }
        )
        let server = RPCServer(configuration: configuration, handler: handler, logger: quiet) { announce.yield($0) }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: quiet
            )
        )
        let running = Task {
            defer { announce.finish() }
            try await group.run()
        }
        for await addresses in ready {
            let server = TestServer(
                addresses: addresses,
                latch: latch,
                entered: entered,
                disconnected: disconnected,
                group: group
            )
            do {
                try await body(server)
            } catch {
                latch.open()
                await group.triggerGracefulShutdown()
                try await running.value
                throw error
            }
            break
        }
        latch.open()
        await group.triggerGracefulShutdown()
        try await running.value
    }

    func shutDown() async {
        await group.triggerGracefulShutdown()
    }

    private static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    private static func dispatcher(
        _ latch: Latch,
        _ entered: AsyncStream<String>.Continuation
    ) -> Dispatcher<Caller> {
        var hooks = DispatchHooks<Caller>()
        hooks.barriers = ["authenticate"]
        var dispatcher = Dispatcher<Caller>(hooks: hooks)
        dispatcher.register(Echo.self, immediate: { params, _ in params })
        dispatcher.register(name: "later") { params, _ in
            await Task.yield()
            return params ?? .null
        }
        dispatcher.register(name: "wait") { params, _ in
            entered.yield("wait")
            await latch.pass()
            return params ?? .null
        }
        dispatcher.register(name: "sleep") { _, _ in
            entered.yield("sleep")
            // Far longer than any test runs; ends when it is cancelled.
            try? await Task.sleep(for: .seconds(3_600))
            return .null
        }
        dispatcher.register(name: "authenticate") { params, caller in
            await Task.yield()
            caller.subject = params?["token"]?.string ?? ""
            caller.connection.didAuthenticate()
            return .null
        }
        dispatcher.register(name: "dismiss") { _, caller in
            caller.connection.dismiss()
            return .null
        }
        dispatcher.register(name: "whoami") { _, caller in .string(caller.subject) }
        dispatcher.register(name: "subscribe") { _, caller in
            caller.connection.countSubscriptions(by: 1)
            return .null
        }
        dispatcher.register(name: "flood") { params, caller in
            let line = RPCMessage.notification(
                method: "event",
                params: ["text": .string(String(repeating: "x", count: 1_000))]
            )
            var sent = 0
            while sent < 200_000, caller.connection.send(line) {
                sent += 1
            }
            caller.connection.send(RPCMessage.notification(method: "lagging", params: nil), usingReserve: true)
            return .number(JSONNumber(sent))
        }
        dispatcher.register(name: "large") { params, _ in
            .string(String(repeating: "x", count: params?["count"]?.int ?? 0))
        }
        return dispatcher
    }
}

/// A folder of its own for a test.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "rpc-" + String(UInt32.random(in: 0 ... .max), radix: 36)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
