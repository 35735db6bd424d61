import JSONRPC
import Logging
import NIOCore
import TLS
import Vocabulary

/// Turns accepted channels into connections while there is room.
struct Acceptor: Sendable {
    let configuration: ServerConfiguration
    let refusal: [UInt8]
    let meter: ServerMeter
    let registry: ConnectionRegistry
    let logger: Logger
    let shared: SharedBuffers
    let entrance: AsyncStream<Client>.Continuation

    /// What a channel is set up for.
    struct Door: Sendable {
        /// How clients reach the server there.
        let kind: TransportKind
        /// The identity of the server, on an encrypted channel.
        var tls: TLSContext?
        /// What decides about requests of HTTP; nil where lines are spoken.
        var gate: WebGate?
    }

    /// Sets a channel up that was just accepted; called on its event loop.
    func accept(_ channel: any Channel, at door: Door) throws {
        let pipeline = channel.pipeline.syncOperations
        let origin = ClientOrigin(channel.remoteAddress, sharedBy: configuration.sharedAddresses)
        switch registry.admit(from: origin) {
        case .admitted(let id):
            do {
                if let tls = door.tls { try pipeline.addHandler(TLSHandler(accepting: tls)) }
                try admit(channel, id, door, origin)
            } catch {
                registry.remove(id)
                throw error
            }
        case .refused:
            meter.connectionRefused()
            channel.closeFuture.whenComplete { [registry] _ in registry.forgetRefused() }
            if let tls = door.tls { try pipeline.addHandler(TLSHandler(accepting: tls)) }
            let refusal = door.gate == nil ? refusal + [UInt8(ascii: "\n")] : Self.refusalOfRequest
            try pipeline.addHandler(RefusingHandler(refusal: refusal, lingerTime: configuration.limits.lingerTime))
        case .dropped:
            meter.connectionRefused()
            channel.close(promise: nil)
        }
    }

    /// Makes a connection of the standard streams; the caller runs the transport.
    func accept(_ streams: StandardStreams) throws -> StreamTransport? {
        guard case .admitted(let id) = registry.admit() else { return nil }
        let (inbox, continuation) = AsyncStream.makeStream(of: Inbound.self)
        let transport = StreamTransport(streams, inbox: continuation, limits: configuration.limits, meter: meter)
        let connection = Connection(
            id: id,
            kind: .stdio,
            peer: "stdio",
            origin: nil,
            limits: configuration.limits,
            transport: transport,
            registry: registry,
            shared: shared
        )
        transport.attach(connection)
        entrance.yield(Client(connection: connection, inbox: inbox, nudge: continuation))
        return transport
    }

    /// What a client of HTTP gets when there are too many connections.
    private static let refusalOfRequest = WebResponse.problem(
        503,
        "too many connections are open",
        headers: [(name: "Retry-After", value: "1")]
    ).bytes(closes: true)

    private func admit(_ channel: any Channel, _ id: UInt64, _ door: Door, _ origin: ClientOrigin?) throws {
        let (inbox, continuation) = AsyncStream.makeStream(of: Inbound.self)
        let link = ConnectionChannelHandler(
            readsLines: door.gate == nil,
            inbox: continuation,
            limits: configuration.limits,
            meter: meter,
            logger: logger
        )
        let connection = Connection(
            id: id,
            kind: door.kind,
            peer: door.kind == .unix ? "unix" : channel.remoteAddress.map(Self.text) ?? "unknown",
            origin: origin,
            limits: configuration.limits,
            transport: ChannelTransport(channel: channel, handler: link),
            registry: registry,
            shared: shared
        )
        link.attach(connection)
        let pipeline = channel.pipeline.syncOperations
        if let gate = door.gate { try RequestReader.add(to: pipeline, gate: gate, link: link) }
        try pipeline.addHandler(link)
        if case .terminated = entrance.yield(Client(connection: connection, inbox: inbox, nudge: continuation)) {
            registry.remove(id)
            channel.close(promise: nil)
        }
    }

    private static func text(_ address: SocketAddress) -> String {
        guard let host = address.ipAddress, let port = address.port else { return "\(address)" }
        return RPCAddress.tcp(host: host, port: port).description
    }
}
