import JSONRPC
import NIOCore
import NIOPosix
import TLS
import Vocabulary

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A client that sends any bytes and sees every line that comes back.
final class RawClient: Sendable {
    private let channel: any Channel
    let lines: AsyncStream<[UInt8]>

    private init(channel: any Channel, lines: AsyncStream<[UInt8]>) {
        self.channel = channel
        self.lines = lines
    }

    static func connect(_ address: RPCAddress, trusting certificate: String? = nil) async throws -> RawClient {
        let (lines, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let tls = try certificate.map { try TLSContext.client(authoritiesFile: $0) }
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try TLSHandler(connectingTo: "localhost", tls)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(RawHandler(continuation))
                }
            }
        let channel =
            switch address {
            case .tcp(let host, let port): try await bootstrap.connect(host: host, port: port).get()
            case .unix(let path): try await bootstrap.connect(unixDomainSocketPath: path).get()
            }
        return RawClient(channel: channel, lines: lines)
    }

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    func endInput() async throws {
        try await channel.close(mode: .output).get()
    }

    func pauseReading() async throws {
        try await channel.setOption(.autoRead, value: false).get()
    }

    func resumeReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }

    /// Closes without a farewell: the other side learns at once that nobody is there.
    func reset() async throws {
        guard let provider = channel as? any SocketOptionProvider else { throw CancellationError() }
        try await provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try? await channel.close().get()
    }

    func close() async throws {
        try? await channel.close().get()
    }

    /// The next line, or nil when the server has closed.
    func next() async throws -> JSON? {
        for await line in lines {
            return try JSON(parsing: line)
        }
        return nil
    }

    /// Everything that comes until the server closes.
    func rest() async throws -> [JSON] {
        var values: [JSON] = []
        for await line in lines {
            values.append(try JSON(parsing: line))
        }
        return values
    }
}

private final class RawHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let lines: AsyncStream<[UInt8]>.Continuation
    private var framer = LineFramer(limit: 1 << 28)

    init(_ lines: AsyncStream<[UInt8]>.Continuation) {
        self.lines = lines
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var complete: [[UInt8]] = []
        unwrapInboundIn(data).withUnsafeReadableBytes { framer.append($0, to: &complete) }
        for line in complete {
            lines.yield(line)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            lines.finish()
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        lines.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

func request(_ id: Int, _ method: String, _ params: JSON = [:]) -> String {
    String(decoding: RPCMessage.request(id: .number(JSONNumber(id)), method: method, params: params), as: UTF8.self)
        + "\n"
}
