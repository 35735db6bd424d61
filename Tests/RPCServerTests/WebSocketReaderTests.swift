import NIOCore
import NIOEmbedded
import NIOWebSocket
import RPCServer
import Testing

/// Frames as a client sends them, by an encoder that is not ours.
struct ClientFrames {
    private(set) var bytes: [UInt8] = []

    /// Adds a frame.
    mutating func append(
        _ opcode: WebSocketOpcode,
        _ payload: [UInt8],
        isFinal: Bool = true,
        key: [UInt8] = [1, 2, 3, 4]
    ) throws {
        let channel = EmbeddedChannel(handler: WebSocketFrameEncoder())
        let frame = WebSocketFrame(
            fin: isFinal,
            opcode: opcode,
            maskKey: WebSocketMaskingKey(key),
            data: ByteBuffer(bytes: payload)
        )
        try channel.writeOutbound(frame)
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        _ = try channel.finish()
    }

    /// One frame.
    static func frame(_ opcode: WebSocketOpcode, _ payload: [UInt8], isFinal: Bool = true) throws -> [UInt8] {
        var frames = ClientFrames()
        try frames.append(opcode, payload, isFinal: isFinal)
        return frames.bytes
    }

    /// A message of text.
    static func text(_ text: String) throws -> [UInt8] { try frame(.text, Array(text.utf8)) }
}

@Suite struct WebSocketReaderTests {
    private func read(_ bytes: [UInt8], limit: Int = 1_000) -> (events: [WebSocketReader.Event], end: WebSocketClose?) {
        var reader = WebSocketReader(limit: limit)
        var events: [WebSocketReader.Event] = []
        reader.append(bytes, to: &events)
        return (events, reader.end)
    }

    /// Messages in pieces of random sizes with control frames between them, under random masks, in random chunks.
    @Test(arguments: 0..<60) func `messages are put together however their bytes arrive`(seed: UInt64) throws {
        var chance = SplitMix(state: seed)
        var (frames, expected) = (ClientFrames(), [WebSocketReader.Event]())
        for _ in 0..<chance.next(in: 1...6) {
            let size = [0, 1, 7, 125, 126, 300, 65_535, 65_536, 70_000][chance.next(in: 0...8)]
            let message = (0..<size).map { _ in UInt8(chance.next(in: 32...126)) }
            let cuts =
                chance.next(in: 0...3) == 0 ? [] : (0..<chance.next(in: 0...4)).map { _ in chance.next(in: 0...size) }
            let bounds = [0] + cuts.sorted() + [size]
            for (index, (start, stop)) in zip(bounds, bounds.dropFirst()).enumerated() {
                let key = (0..<4).map { _ in UInt8(chance.next(in: 0...255)) }
                let isLast = index == bounds.count - 2
                try frames.append(
                    index == 0 ? .text : .continuation,
                    Array(message[start..<stop]),
                    isFinal: isLast,
                    key: key
                )
                if !isLast, chance.next(in: 0...2) == 0 {
                    try frames.append(.ping, [UInt8(index)], key: key)
                    expected.append(.ping([UInt8(index)]))
                    try frames.append(.pong, [])
                    expected.append(.pong)
                }
            }
            expected.append(.message(message))
        }
        var reader = WebSocketReader(limit: 70_000)
        var events: [WebSocketReader.Event] = []
        var rest = frames.bytes[...]
        while !rest.isEmpty {
            let count = min(rest.count, [1, 2, 13, 1_000, 66_000][chance.next(in: 0...4)])
            reader.append(Array(rest.prefix(count)), to: &events)
            rest = rest.dropFirst(count)
        }
        #expect(events == expected)
        #expect(reader.end == nil && reader.heldBytes == 0)
    }

    /// Frames with damaged bytes: what the reader takes is what another decoder takes, and it refuses whatever that one refuses.
    @Test(arguments: 0..<200) func `nothing is read in another way than by the decoder of NIO`(seed: UInt64) throws {
        var chance = SplitMix(state: seed &* 977)
        var frames = ClientFrames()
        for _ in 0..<chance.next(in: 1...8) {
            let opcodes: [WebSocketOpcode] = [.text, .text, .continuation, .ping, .pong, .connectionClose, .binary]
            let payload = (0..<[0, 2, 40, 125, 126, 400][chance.next(in: 0...5)]).map { _ in
                UInt8(chance.next(in: 32...126))
            }
            try frames.append(
                opcodes[chance.next(in: 0...chance.next(in: 1...6))],
                payload,
                isFinal: chance.next(in: 0...3) > 0,
                key: (0..<4).map { _ in UInt8(chance.next(in: 0...255)) }
            )
        }
        var bytes = frames.bytes
        for _ in 0..<chance.next(in: 0...2) {
            bytes[chance.next(in: 0...(bytes.count - 1))] = UInt8(chance.next(in: 0...255))
        }
        let (events, end) = read(bytes, limit: 700)
        let others = try DecoderOfNIO.read(bytes, limit: 700)
        #expect(others.events.starts(with: events))
        if end == nil { #expect(!others.isRefused && others.events == events) }
    }

    @Test(
        arguments: [
            ("a compressed message", [0xC1, 0x80, 0, 0, 0, 0], 1002),
            ("a reserved frame", [0x83, 0x80, 0, 0, 0, 0], 1002),
            ("a frame without a mask", [0x81, 0x01, 0x41], 1002),
            ("a fragmented ping", [0x09, 0x80, 0, 0, 0, 0], 1002),
            ("a long ping", [0x89, 0xFE, 0, 126, 0, 0, 0, 0], 1002),
            ("a binary message", [0x82, 0x80, 0, 0, 0, 0], 1003),
            ("a continuation of nothing", [0x80, 0x80, 0, 0, 0, 0], 1002),
            ("a message within a message", [0x01, 0x80, 0, 0, 0, 0, 0x81, 0x80], 1002),
            ("text that is not UTF-8", [0x81, 0x81, 0, 0, 0, 0, 0xFF], 1007),
            ("a surrogate in UTF-8", [0x81, 0x83, 0, 0, 0, 0, 0xED, 0xA0, 0x80], 1007),
            ("a length of 16 bits for a short message", [0x81, 0xFE, 0, 125, 0, 0, 0, 0], 1002),
            ("a length of 64 bits for a short message", [0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0], 1002),
            ("more than the limit", [0x81, 0xFE, 0x03, 0xE9, 0, 0, 0, 0], 1009),
            ("2^63 bytes", [0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1009),
            ("a close with half a code", [0x88, 0x81, 0, 0, 0, 0, 0x03], 1002),
            ("a close with a code that is never sent", [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xED], 1002),
            ("a close with a reason that is not UTF-8", [0x88, 0x83, 0, 0, 0, 0, 0x03, 0xE8, 0xFF], 1007),
        ] as [(String, [UInt8], UInt16)]
    )
    func `what the protocol does not allow ends the connection`(what: String, bytes: [UInt8], code: UInt16) {
        let (events, end) = read(bytes + [0x81, 0x81, 0, 0, 0, 0, 0x41])
        #expect(events.isEmpty && end?.code == code, "\(what)")
    }

    @Test func `what came before a violation is given`() throws {
        let (events, end) = read(try ClientFrames.text("one") + [0x82, 0x80, 0, 0, 0, 0])
        #expect(events == [.message(Array("one".utf8))] && end == .notText)
    }

    @Test func `the pieces of a message together are bounded, in length and in number`() throws {
        var long = ClientFrames()
        try long.append(.text, [UInt8](repeating: 65, count: 600), isFinal: false)
        try long.append(.continuation, [UInt8](repeating: 65, count: 401))
        #expect(read(long.bytes).end == .tooLong)
        var many = ClientFrames()
        try many.append(.text, [], isFinal: false)
        for _ in 1..<WebSocketReader.maximumPieces { try many.append(.continuation, [], isFinal: false) }
        #expect(read(many.bytes).end == nil)
        try many.append(.continuation, [])
        #expect(read(many.bytes).end == .tooLong)
    }

    @Test func `memory is taken for what has come, not for what is announced`() {
        var reader = WebSocketReader(limit: 1 << 20)
        var events: [WebSocketReader.Event] = []
        reader.append([0x81, 0xFF, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 1, 2, 3], to: &events)
        #expect(events.isEmpty && reader.end == nil && reader.heldBytes == 3)
    }

    @Test(arguments: [([], nil), ([0x03, 0xE8], 1000), ([0x0F, 0xA0, 0x61], 4000)] as [([UInt8], UInt16?)])
    func `the client's close is read with its code`(payload: [UInt8], code: UInt16?) throws {
        var reader = WebSocketReader(limit: 10)
        var events: [WebSocketReader.Event] = []
        reader.append(try ClientFrames.frame(.connectionClose, payload) + ClientFrames.text("later"), to: &events)
        #expect(events.isEmpty && reader.isClosedByClient && reader.end == WebSocketClose(code: code))
    }

    /// Read by a decoder that is not ours.
    @Test(arguments: [0, 1, 125, 126, 65_535, 65_536, 200_000])
    func `the head of a frame says how long it is`(count: Int) throws {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 1 << 20)))
        let payload = [UInt8](repeating: 0x61, count: count)
        try channel.writeInbound(ByteBuffer(bytes: ServerFrame.head(.text, count: count) + payload))
        let frame = try #require(try channel.readInbound(as: WebSocketFrame.self))
        #expect(frame.fin && frame.opcode == .text && frame.maskKey == nil && frame.data.readableBytes == count)
        _ = try channel.finish()
    }

    @Test func `a close frame has its code and a reason that fits`() {
        #expect(WebSocketClose.goingAway.frame.prefix(4) == [0x88, 25, 0x03, 0xE9])
        #expect(WebSocketClose(code: nil).frame == [0x88, 0])
        #expect(WebSocketClose(code: 1002, reason: String(repeating: "x", count: 200)).frame == [0x88, 2, 0x03, 0xEA])
    }
}

/// The decoder and the aggregator of NIO, which are less strict.
private enum DecoderOfNIO {
    static func read(_ bytes: [UInt8], limit: Int) throws -> (events: [WebSocketReader.Event], isRefused: Bool) {
        let aggregator = NIOWebSocketFrameAggregator(
            minNonFinalFragmentSize: 0,
            maxAccumulatedFrameCount: WebSocketReader.maximumPieces,
            maxAccumulatedFrameSize: limit
        )
        let decoder = ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: limit))
        let channel = EmbeddedChannel(handlers: [decoder, aggregator])
        var isRefused = false
        do { try channel.writeInbound(ByteBuffer(bytes: bytes)) } catch { isRefused = true }
        var events: [WebSocketReader.Event] = []
        while let frame = try channel.readInbound(as: WebSocketFrame.self) {
            let payload = Array(frame.unmaskedData.readableBytesView)
            switch frame.opcode {
            case .text: events.append(.message(payload))
            case .ping: events.append(.ping(payload))
            case .pong: events.append(.pong)
            default: break
            }
        }
        // What is left of a frame that has not ended is an error to it.
        _ = try? channel.finish()
        return (events, isRefused)
    }
}

/// Random numbers that are the same in each run.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func next(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }
}
