import JSONRPC
import NIOCore
import NIOPosix
import NIOWebSocket
import TLS
import Vocabulary

/// A client that sends any bytes over TCP and reads responses of HTTP and frames of WebSocket.
final class WebClient: Sendable {
    /// A response of HTTP.
    struct Response {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        var json: JSON? { try? JSON(parsing: body) }
    }

    /// What a server sends over WebSocket.
    enum Frame: Equatable {
        case message(JSON)
        case ping
        case pong([UInt8])
        case close(Int?)
    }

    private let channel: any Channel
    private let source: Source

    private init(_ channel: any Channel, _ source: Source) {
        self.channel = channel
        self.source = source
    }

    static func connect(_ address: RPCAddress, trusting certificate: String? = nil) async throws -> WebClient {
        guard case .tcp(let host, let port) = address else { throw CancellationError() }
        let (chunks, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let tls = try certificate.map { try TLSContext.client(authoritiesFile: $0) }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(TLSHandler(connectingTo: "localhost", tls)) }
                    try pipeline.addHandler(Collector(continuation))
                }
            }
            .connect(host: host, port: port).get()
        return WebClient(channel, Source(chunks))
    }

    /// Connects and opens WebSocket.
    static func socket(_ address: RPCAddress, trusting certificate: String? = nil) async throws -> WebClient {
        let client = try await connect(address, trusting: certificate)
        try await client.send(handshake(address))
        guard try await client.response().status == 101 else { throw CancellationError() }
        return client
    }

    static func handshake(_ address: RPCAddress) -> String {
        """
        GET /ws HTTP/1.1\r\nHost: \(address)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: jsonrpc.frontline.v1\r\n\r\n
        """
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get() }

    /// Sends a call as a message of WebSocket.
    func call(_ id: Int, _ method: String, _ params: JSON = [:]) async throws {
        try await send(try ClientFrames.text(String(request(id, method, params).dropLast())))
    }

    func post(_ address: RPCAddress, _ body: String, _ headers: String = "") async throws {
        try await send(
            "POST /rpc HTTP/1.1\r\nHost: \(address)\r\nContent-Type: application/json\r\n\(headers)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
    }

    func close() async throws { try? await channel.close().get() }

    func endInput() async throws { try await channel.close(mode: .output).get() }

    func pauseReading() async throws { try await channel.setOption(.autoRead, value: false).get() }

    /// Reads a response.
    func response() async throws -> Response {
        let head = try await source.line().split(separator: " ")
        var headers: [String: String] = [:]
        while case let line = try await source.line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts[1].drop(while: { $0 == " " }).description
        }
        let status = Int(head[1]) ?? 0
        let count = headers["content-length"].flatMap(Int.init) ?? 0
        return Response(status: status, headers: headers, body: try await source.bytes(count))
    }

    /// Reads a frame, or nil at the end of the stream.
    func frame() async throws -> Frame? {
        guard let start = try? await source.bytes(2) else { return nil }
        var count = Int(start[1])
        if count == 126 { count = try await source.bytes(2).reduce(0) { $0 << 8 | Int($1) } }
        if count == 127 { count = try await source.bytes(8).reduce(0) { $0 << 8 | Int($1) } }
        let payload = try await source.bytes(count)
        switch start[0] {
        case 0x81: return .message(try JSON(parsing: payload))
        case 0x88: return .close(payload.count < 2 ? nil : Int(payload[0]) << 8 | Int(payload[1]))
        case 0x89: return .ping
        case 0x8A: return .pong(payload)
        default: throw CancellationError()
        }
    }

    /// Reads the next message, and answers pings before it; nil at the end.
    func message() async throws -> JSON? {
        while let frame = try await frame() {
            switch frame {
            case .message(let message): return message
            case .ping: try await send(try ClientFrames.frame(.pong, []))
            case .pong: break
            case .close: return nil
            }
        }
        return nil
    }

    /// Everything that comes until the server closes, as text.
    func rest() async -> String { String(decoding: await source.rest(), as: UTF8.self) }

    /// Whether the server has closed and sent nothing more.
    func isAtEnd() async -> Bool { (try? await source.bytes(1)) == nil }
}

/// Bytes as they come, to be read one after the other by one reader.
private actor Source {
    private var chunks: AsyncStream<[UInt8]>.Iterator
    private var buffer: ArraySlice<UInt8> = []

    init(_ chunks: AsyncStream<[UInt8]>) { self.chunks = chunks.makeAsyncIterator() }

    func bytes(_ count: Int) async throws -> [UInt8] {
        while buffer.count < count { try await more() }
        defer { buffer = buffer.dropFirst(count) }
        return Array(buffer.prefix(count))
    }

    func line() async throws -> String {
        while !buffer.contains(10) { try await more() }
        let line = buffer.prefix { $0 != 10 }
        buffer = buffer.dropFirst(line.count + 1)
        return String(decoding: line.filter { $0 != 13 }, as: UTF8.self)
    }

    func rest() async -> [UInt8] {
        while (try? await more()) != nil {}
        return Array(buffer)
    }

    private func more() async throws {
        var iterator = chunks
        guard let chunk = await iterator.next(isolation: self) else { throw CancellationError() }
        chunks = iterator
        buffer += chunk
    }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let chunks: AsyncStream<[UInt8]>.Continuation

    init(_ chunks: AsyncStream<[UInt8]>.Continuation) { self.chunks = chunks }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        chunks.yield(Array(unwrapInboundIn(data).readableBytesView))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { chunks.finish() }
    }

    func channelInactive(context: ChannelHandlerContext) { chunks.finish() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
