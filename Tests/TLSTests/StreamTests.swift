import COpenSSL
import NIOCore
import NIOEmbedded
import TLS
import Testing

/// What is written arrives, and how connections end.
@Suite(.enabled(if: Certificates.tool != nil, "needs the openssl tool")) struct StreamTests {
    private let certificates: Certificates

    init() async throws {
        certificates = try await Certificates.shared.value
    }

    private func pair(halfClosure: Bool = true, handshakes: Bool = true) throws -> (client: Side, server: Side) {
        let server = try Side(accepting: certificates.server())
        let client = try Side(connectingTo: "localhost", certificates.client(), allowsHalfClosure: halfClosure)
        try server.activate()
        try client.activate()
        if handshakes { try Side.carry(client, server) }
        return (client, server)
    }

    private func foreign(_ version: Int32 = TLS1_3_VERSION) throws -> (client: ForeignPeer, server: Side) {
        let server = try Side(accepting: certificates.server())
        let client = ForeignPeer(clientOf: version...version)
        try server.activate()
        try client.carry(server)
        return (client, server)
    }

    // MARK: Data

    @Test(arguments: 0..<15) func `what both write arrives, however it is cut into pieces`(seed: Int) throws {
        var generator = SeededGenerator(seed)
        let (client, server) = try pair(handshakes: false)
        var written: [[UInt8]] = [[], []]
        var outcomes: [WriteOutcome] = []
        let longest = [1, 7, 100, 5_000, 100_000].randomElement(using: &generator) ?? 1
        for _ in 0..<(longest == 1 ? 6 : 30) {
            let writer = Int.random(in: 0...1, using: &generator)
            let most = longest == 1 ? 300 : [0, 1, 300, 16_384, 16_385, 70_000].randomElement(using: &generator) ?? 0
            let bytes = generator.bytes(Int.random(in: 0...most, using: &generator))
            written[writer] += bytes
            outcomes.append((writer == 0 ? client : server).write(bytes, flushes: Bool.random(using: &generator)))
            if Int.random(in: 0..<4, using: &generator) == 0 {
                try Side.carry(client, server, &generator, longest: longest)
            }
        }
        client.channel.flush()
        server.channel.flush()
        try Side.carry(client, server, &generator, longest: longest)
        #expect(server.received == written[0] && client.received == written[1])
        #expect(outcomes.allSatisfy { $0.successes == 1 && $0.failures.isEmpty })
        client.close(.output)
        server.close(.output)
        try Side.carry(client, server, &generator, longest: longest)
        for side in [client, server] { #expect(side.recorder.inputEnds == 1 && side.errors.isEmpty) }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a foreign client is understood, and understands, byte by byte`(version: Int32) throws {
        var generator = SeededGenerator(1)
        let (client, server) = try foreign(version)
        let (request, answer) = (generator.bytes(1_000), generator.bytes(40_000))
        client.write(request)
        for byte in client.sent() { server.arrive([byte]) }
        server.write(answer)
        try client.carry(server)
        #expect(server.received == request && client.received == answer)
    }

    @Test func `a write is not sent before it is flushed`() throws {
        let (client, server) = try pair()
        let outcome = client.write([1], flushes: false)
        try Side.carry(client, server)
        #expect(server.received.isEmpty && outcome.isPending)
        client.close()
        #expect(outcome.failures.count == 1 && outcome.successes == 0)
    }

    @Test func `what is written before the handshake waits, up to a limit`() throws {
        let server = try Side(accepting: certificates.server(), waiting: 1_000)
        try server.activate()
        let first = server.write([UInt8](repeating: 1, count: 1_000))
        #expect(first.isPending && server.isOpen)
        let second = server.write([1])
        #expect(server.codes == [.overflow] && !server.isOpen)
        for outcome in [first, second] { #expect(outcome.successes == 0 && outcome.failures.count == 1) }
    }

    @Test func `a handler may write, flush and close from within events`() throws {
        let (client, server) = try pair()
        server.recorder.onRead = { context in
            context.writeAndFlush(NIOAny(ByteBuffer(bytes: [7])), promise: nil)
            context.close(promise: nil)
        }
        client.write([UInt8](repeating: 1, count: 50_000))
        let sent = try client.sent()
        server.arrive(sent)
        client.arrive(try server.sent())
        #expect(client.received == [7] && client.errors.isEmpty && client.recorder.inputEnds == 1)
        // Nothing is delivered after the close.
        #expect(server.received.count <= 16_384 && server.recorder.afterwards == 0 && !server.isOpen)
    }

    @Test func `a write from within another comes after it`() throws {
        let (client, server) = try pair()
        var isFirst = true
        client.socket.onWrite = { _ in
            guard isFirst else { return }
            isFirst = false
            client.channel.pipeline.fireChannelWritabilityChanged()
        }
        client.recorder.onWritability = { $0.writeAndFlush(NIOAny(ByteBuffer(bytes: [9, 9])), promise: nil) }
        client.write([UInt8](repeating: 1, count: 40_000), flushes: false)
        client.write([2])
        try Side.carry(client, server)
        #expect(server.received == [UInt8](repeating: 1, count: 40_000) + [2, 9, 9])
    }

    @Test func `a close of the output from within a write comes after what is flushed`() throws {
        let (client, server) = try pair()
        client.socket.onWrite = { _ in client.channel.pipeline.fireChannelWritabilityChanged() }
        client.recorder.onWritability = { $0.close(mode: .output, promise: nil) }
        client.write([1], flushes: false)
        client.write([2])
        try Side.carry(client, server)
        #expect(server.received == [1, 2] && server.recorder.inputEnds == 1 && server.errors.isEmpty)
    }

    @Test func `a handler that reads by request gets data, although what arrives first contains none`() throws {
        let (client, server) = try pair()
        client.write([1, 2, 3])
        let sent = try client.sent()
        server.channel.read()
        let reads = server.socket.reads
        server.arrive(sent.prefix(10))
        #expect(server.socket.reads == reads + 1)
        server.arrive(sent.dropFirst(10))
        #expect(server.received == [1, 2, 3] && server.socket.reads == reads + 1)
    }

    // MARK: The end

    @Test func `the output ends after what was written, and the answer still comes`() throws {
        let (client, server) = try pair(handshakes: false)
        // Before the handshake is complete.
        client.write([1, 2, 3])
        client.close(.output)
        let late = client.write([4])
        try Side.carry(client, server)
        #expect(server.received == [1, 2, 3] && server.recorder.inputEnds == 1 && server.isOpen)
        #expect(late.failures.count == 1 && client.socket.isOutputClosed)
        let answer = server.write([5])
        server.close(.output)
        try Side.carry(client, server)
        #expect(client.received == [5] && client.recorder.inputEnds == 1 && answer.successes == 1)
        // The end below TLS says nothing new.
        for side in [client, server] {
            side.arriveEnd()
            #expect(side.recorder.inputEnds == 1 && side.errors.isEmpty)
        }
    }

    @Test func `without half-closure the end of the input is the end of the connection`() throws {
        let (client, server) = try pair(halfClosure: false)
        server.write([1, 2])
        server.close(.output)
        try Side.carry(client, server)
        #expect(client.received == [1, 2] && !client.isOpen && client.errors.isEmpty)
        #expect(client.recorder.inputEnds == 0 && client.recorder.isInactive)
        #expect(server.recorder.inputEnds == 1 && server.errors.isEmpty)
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION]) func `closing says so to the other side`(version: Int32) throws {
        let (client, server) = try foreign(version)
        server.write([1])
        server.close()
        client.arrive(try server.sent())
        #expect(client.received == [1] && client.isInputClosed && client.failure == nil)
        #expect(!server.isOpen && server.errors.isEmpty)
    }

    @Test func `closing during the handshake fails what was written`() throws {
        let (client, _) = try pair(handshakes: false)
        let outcome = client.write([1])
        client.close()
        #expect(outcome.failures.count == 1 && client.errors.isEmpty && !client.isOpen)
    }

    @Test(arguments: [false, true]) func `an end without a farewell is an error`(halfClosure: Bool) throws {
        let (client, server) = try pair(halfClosure: halfClosure)
        server.write([1])
        try Side.carry(client, server)
        let unflushed = client.write([2], flushes: false)
        client.arriveEnd()
        #expect(client.received == [1] && client.codes == [.truncated] && !client.isOpen)
        #expect(client.recorder.inputEnds == 0 && client.recorder.afterwards == 0 && unflushed.failures.count == 1)
    }

    @Test(arguments: [false, true]) func `an end during the handshake is an error`(halfClosure: Bool) throws {
        let (client, _) = try pair(halfClosure: halfClosure, handshakes: false)
        let outcome = client.write([2])
        client.arriveEnd()
        #expect(client.codes == [.handshake] && !client.isOpen && outcome.failures.count == 1)
    }

    @Test func `what comes after the farewell is ignored`() throws {
        let (client, server) = try foreign()
        client.write([1])
        client.closeOutput()
        server.arrive(client.sent() + [1, 2, 3])
        server.arrive([UInt8](repeating: 0x16, count: 50_000))
        #expect(server.received == [1] && server.recorder.inputEnds == 1 && server.errors.isEmpty && server.isOpen)
        server.write([2])
        client.arrive(try server.sent())
        #expect(client.received == [2])
    }

    @Test func `an error of the socket is passed on once and ends the connection`() throws {
        let (client, _) = try pair()
        let outcome = client.write([1], flushes: false)
        client.channel.pipeline.fireErrorCaught(IOError(errnoCode: 104, reason: "read"))
        client.arriveEnd()
        #expect(client.errors.count == 1 && client.errors[0] is IOError && !client.isOpen)
        #expect(outcome.failures.count == 1)
    }

    @Test func `answers of TLS that nobody reads are limited`() throws {
        let (client, server) = try foreign()
        server.socket.isFull = true
        var updates = 0
        while server.isOpen, updates < 100_000 {
            for _ in 0..<100 {
                client.askForKeyUpdate()
                client.write([0])
            }
            updates += 100
            server.arrive(client.sent())
        }
        #expect(server.codes == [.overflow] && updates > 1_000)
    }
}
