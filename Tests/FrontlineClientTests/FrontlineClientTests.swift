import FrontlineClient
import JSONRPC
import NIOCore
import NIOPosix
import Synchronization
import Testing
import Vocabulary

private enum Greet: RPCMethod {
    struct Params: Codable, Sendable {
        let firstName: String
    }
    struct Result: Codable, Sendable {
        let helloText: String
    }

    static let name = "greet"
    static let summary = "Says hello."
}

private enum Event: RPCNotification {
    struct Params: Codable, Sendable {
        let number: Int
    }

    static let name = "event"
    static let summary = "Something happened."
}

/// Answers each line with what a script says; no answer when it says nothing.
private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: @Sendable (JSON) -> String?
    private var framer = LineFramer()

    init(_ script: @escaping @Sendable (JSON) -> String?) {
        self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var lines: [[UInt8]] = []
        unwrapInboundIn(data).withUnsafeReadableBytes { framer.append($0, to: &lines) }
        for line in lines {
            guard let request = try? JSON(parsing: line), let answer = script(request) else { continue }
            guard answer != "close" else { return context.close(promise: nil) }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer + "\n")), promise: nil)
        }
    }
}

@Suite struct FrontlineClientTests {
    /// Connects a client to a server that follows a script.
    private static func run(
        options: ClientOptions = ClientOptions(),
        script: @escaping @Sendable (JSON) -> String?,
        body: (FrontlineClient) async throws -> Void
    ) async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = server.localAddress?.port ?? 0
        let client = try await FrontlineClient.connect(to: .tcp("127.0.0.1", port), options: options)
        try await body(client)
        await client.close()
        try await server.close().get()
    }

    private static func answer(_ request: JSON, _ result: String) -> String {
        #"{"jsonrpc":"2.0","id":\#(request["id"] ?? .null),"result":\#(result)}"#
    }

    @Test func aTypedCallSendsAndReadsSnakeCase() async throws {
        try await Self.run { request in
            Self.answer(request, #"{"hello_text":\#(request["params"]?["first_name"] ?? .null),"new_member":1}"#)
        } body: { client in
            let greeting = try await client.call(Greet.self, .init(firstName: "Ada"))
            #expect(greeting.helloText == "Ada")
        }
    }

    @Test func answersFindTheirCallsInAnyOrder() async throws {
        let held = Mutex<[JSON]>([])
        try await Self.run { request in
            held.withLock { held in
                held.append(request)
                guard held.count == 20 else { return nil }
                return held.reversed().map { Self.answer($0, "\($0["params"]?["number"] ?? .null)") }.joined(
                    separator: "\n"
                )
            }
        } body: { client in
            try await withThrowingTaskGroup(of: (Int, JSON).self) { group in
                for number in 0..<20 {
                    group.addTask {
                        (number, try await client.call(method: "m", params: ["number": .number(JSONNumber(number))]))
                    }
                }
                for try await (number, answer) in group {
                    #expect(answer.int == number)
                }
            }
        }
    }

    @Test func anErrorOfTheServerIsThrownAsItIs() async throws {
        try await Self.run { request in
            #"{"jsonrpc":"2.0","id":\#(request["id"] ?? .null),"error":{"code":1005,"message":"slow down","#
                + #""data":{"code":"rate_limited","retry_after_ms":70}}}"#
        } body: { client in
            let error = await #expect(throws: RPCError.self) { try await client.call(method: "m") }
            #expect(error?.code == 1_005)
            #expect(error?.name == "rate_limited")
            #expect(error?.retryAfterMilliseconds == 70)
        }
    }

    @Test func anAnswerOfAnotherShapeNamesTheMember() async throws {
        try await Self.run {
            Self.answer($0, #"{"hello_text":3}"#)
        } body: { client in
            let error = await #expect(throws: FrontlineClientError.self) {
                try await client.call(Greet.self, .init(firstName: "Ada"))
            }
            #expect(error?.code == .badAnswer)
            #expect(error?.message == "greet answered result.hello_text: expected a string")
        }
    }

    @Test func aCallWithoutAnAnswerTimesOut() async throws {
        try await Self.run { _ in
            nil
        } body: { client in
            let error = await #expect(throws: FrontlineClientError.self) {
                try await client.call(method: "m", timeout: .milliseconds(10))
            }
            #expect(error?.code == .timedOut)
        }
    }

    @Test func aCancelledCallEnds() async throws {
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        try await Self.run { _ in
            ask.yield()
            return nil
        } body: { client in
            let call = Task { try await client.call(method: "m") }
            for await _ in asked {
                break
            }
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
        }
    }

    @Test(arguments: [
        "close", "not json", "[]", #"{"jsonrpc":"2.0","id":null,"error":{"code":1006,"message":"busy"}}"#,
    ])
    func theEndOfTheConnectionFailsEveryCall(answer: String) async throws {
        try await Self.run { _ in
            answer
        } body: { client in
            await #expect(throws: (any Error).self) { try await client.call(method: "m") }
            if answer.contains("1006") {
                let error = await #expect(throws: RPCError.self) { try await client.call(method: "m") }
                #expect(error?.code == 1_006)
            } else {
                await #expect(throws: FrontlineClientError.self) { try await client.call(method: "m") }
            }
            for await _ in client.notifications {
                Issue.record("nothing was sent")
            }
        }
    }

    @Test func notificationsComeInOrderBesideAnswers() async throws {
        try await Self.run { request in
            (0..<5).map { #"{"jsonrpc":"2.0","method":"event","params":{"number":\#($0),"more":true}}"# }
                .joined(separator: "\n") + "\n" + Self.answer(request, "true")
        } body: { client in
            #expect(try await client.call(method: "m") == true)
            var numbers: [Int] = []
            for await notification in client.notifications {
                numbers.append(try notification.params(of: Event.self)?.number ?? -1)
                if numbers.count == 5 {
                    break
                }
            }
            #expect(numbers == [0, 1, 2, 3, 4])
        }
    }

    @Test func aClientThatLetsNotificationsPileUpIsDisconnected() async throws {
        var options = ClientOptions()
        options.maximumNotifications = 3
        try await Self.run(options: options) { request in
            String(repeating: "{\"jsonrpc\":\"2.0\",\"method\":\"event\"}\n", count: 5) + Self.answer(request, "true")
        } body: { client in
            let error = await #expect(throws: FrontlineClientError.self) { try await client.call(method: "m") }
            #expect(error?.code == .closed)
        }
    }

    @Test func aServerThatIsNotThereIsSaidSo() async throws {
        let error = await #expect(throws: FrontlineClientError.self) {
            try await FrontlineClient.connect(to: .unix("/nowhere/at/all"))
        }
        #expect(error?.code == .unreachable)
        #expect(error?.message.hasPrefix("cannot connect to unix:/nowhere/at/all: ") == true)
        let refused = await #expect(throws: FrontlineClientError.self) {
            try await FrontlineClient.connect(to: .tcp("127.0.0.1", 1))
        }
        #expect(refused?.code == .unreachable)
    }

    @Test func aFileThatHoldsNoCertificatesIsSaidSo() async throws {
        let error = await #expect(throws: FrontlineClientError.self) {
            try await FrontlineClient.connect(to: .tls("localhost", 1, authorities: "/nowhere.pem"))
        }
        #expect(error?.code == .certificate)
    }
}
