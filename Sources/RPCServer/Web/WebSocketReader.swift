/// Puts the messages of a client of WebSocket together from its bytes (RFC 6455, section 5).
///
/// How the bytes are cut into chunks makes no difference. Anything that the protocol does not allow, and messages that
/// are not accepted, end the reading: what came before is given, everything after it is ignored, and ``end`` says why.
/// No extension is agreed on, so that no message is compressed. Memory is taken for what has come, not for what a frame
/// announces.
///
/// The decoder and the aggregator of NIO (`NIOWebSocket`) are not used, because limits of ours cannot be had with them. What they
/// hold cannot be counted against the buffers of all connections (``heldBytes``), and a piece that they keep holds the whole
/// read that it came in: a client that hides a thousand pieces of one byte among pings has them hold 62 MiB, and this reader
/// one kilobyte. They decide about a frame when its payload has come, a binary one or one without a mask
/// included, take a message for too long when its last piece has come, and cannot tell whether a length is in its shortest form. The
/// tests compare what both read.
package struct WebSocketReader: Sendable {
    /// What was read.
    package enum Event: Sendable, Hashable {
        /// A whole message of text.
        case message([UInt8])
        /// A ping, which is answered with the same bytes.
        case ping([UInt8])
        /// The answer to a ping.
        case pong
    }

    private struct Frame {
        let kind: ServerFrame.Kind
        let isFinal: Bool
        let count: Int
        let mask: UInt32
        var read = 0
    }

    /// How many pieces a message may come in; some clients cut at 4 KiB.
    package static let maximumPieces = 1_024

    /// The longest message that is accepted, in bytes.
    package let limit: Int
    /// Why nothing more is read: the close of the client, or what is wrong with its frames.
    package private(set) var end: WebSocketClose?
    /// Whether the client has ended the connection itself.
    package private(set) var isClosedByClient = false
    private var head: [UInt8] = []
    private var frame: Frame?
    private var message: [UInt8] = []
    private var pieces = 0
    private var control: [UInt8] = []

    /// Makes a reader at the beginning of the frames.
    package init(limit: Int) {
        precondition(limit > 0, "the limit of a message is positive")
        self.limit = limit
    }

    /// How many bytes of an unfinished message are held.
    package var heldBytes: Int { message.count + control.count }

    /// Takes the next bytes and appends what they complete.
    package mutating func append(_ chunk: UnsafeRawBufferPointer, to events: inout [Event]) {
        var rest = chunk[...]
        do throws(WebSocketClose) {
            while end == nil {
                if frame == nil {
                    guard let begun = try readHead(&rest) else { return }
                    frame = begun
                }
                guard readPayload(&rest) else { return }
                try finishFrame(&events)
            }
        } catch {
            end = error
            (message, control) = ([], [])
        }
    }

    /// Takes the next bytes; see ``append(_:to:)-(UnsafeRawBufferPointer,_)``.
    package mutating func append(_ chunk: [UInt8], to events: inout [Event]) {
        chunk.withUnsafeBytes { append($0, to: &events) }
    }

    // MARK: Frames

    private mutating func readHead(_ rest: inout Slice<UnsafeRawBufferPointer>) throws(WebSocketClose) -> Frame? {
        while let byte = rest.popFirst() {
            head.append(byte)
            if head.count == 2 { try checkStart() }
            if head.count >= 2, head.count == Self.headBytes(head[1]) {
                defer { head.removeAll(keepingCapacity: true) }
                return try begun()
            }
        }
        return nil
    }

    private static func headBytes(_ second: UInt8) -> Int {
        switch second & 0x7F {
        case 126: 8
        case 127: 14
        default: 6
        }
    }

    /// Checks the first two bytes of a frame.
    private func checkStart() throws(WebSocketClose) {
        guard head[0] & 0x70 == 0 else { throw .violation("no extension was agreed on") }
        guard let kind = ServerFrame.Kind(rawValue: head[0] & 0x0F) else { throw .violation("unknown frame") }
        guard head[1] & 0x80 != 0 else { throw .violation("a client masks its frames") }
        guard !kind.isControl || head[0] & 0x80 != 0 && head[1] & 0x7F <= ServerFrame.maximumControlBytes else {
            throw .violation("a control frame is short and in one piece")
        }
        switch kind {
        case .binary: throw .notText
        case .text where pieces > 0: throw .violation("the message before has not ended")
        case .continuation where pieces == 0: throw .violation("there is nothing to continue")
        default: break
        }
    }

    private func begun() throws(WebSocketClose) -> Frame? {
        let announced = head[1] & 0x7F
        let length = head[2..<(head.count - 4)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let count = announced < 126 ? UInt64(announced) : length
        guard announced < 126 || length > (announced == 126 ? 125 : 0xFFFF) else {
            throw .violation("the length is not in its shortest form")
        }
        guard let kind = ServerFrame.Kind(rawValue: head[0] & 0x0F) else { return nil }
        if !kind.isControl {
            guard count <= UInt64(limit - message.count), pieces < Self.maximumPieces else { throw .tooLong }
        }
        let mask = head.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Frame(kind: kind, isFinal: head[0] & 0x80 != 0, count: Int(count), mask: mask)
    }

    /// Takes what there is of a frame's payload; whether it is complete.
    private mutating func readPayload(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
        guard var frame else { return false }
        let count = min(frame.count - frame.read, rest.count)
        let bytes = UnsafeRawBufferPointer(rebasing: rest.prefix(count))
        if frame.kind.isControl {
            Self.unmask(bytes, frame, into: &control)
        } else {
            Self.unmask(bytes, frame, into: &message)
        }
        rest = rest.dropFirst(count)
        frame.read += count
        self.frame = frame
        return frame.read == frame.count
    }

    /// Appends masked bytes as they were before, eight at a time.
    private static func unmask(_ bytes: UnsafeRawBufferPointer, _ frame: Frame, into target: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let start = target.count
        target.append(contentsOf: bytes)
        // The mask as it begins at this byte.
        let turn = UInt32(frame.read % 4 * 8)
        let mask = (frame.mask << turn | (turn == 0 ? 0 : frame.mask >> (32 - turn))).bigEndian
        let wide = UInt64(mask) << 32 | UInt64(mask)
        target.withUnsafeMutableBytes { whole in
            let target = UnsafeMutableRawBufferPointer(rebasing: whole[start...])
            var place = 0
            while place + 8 <= target.count {
                let word = target.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                target.storeBytes(of: word ^ wide, toByteOffset: place, as: UInt64.self)
                place += 8
            }
            withUnsafeBytes(of: wide) { mask in
                for (offset, place) in (place..<target.count).enumerated() { target[place] ^= mask[offset] }
            }
        }
    }

    // MARK: Messages

    private mutating func finishFrame(_ events: inout [Event]) throws(WebSocketClose) {
        guard let frame else { return }
        self.frame = nil
        switch frame.kind {
        case .ping: events.append(.ping(control))
        case .pong: events.append(.pong)
        case .close:
            isClosedByClient = true
            throw try Self.close(control)
        case .text, .continuation, .binary:
            pieces += 1
            guard frame.isFinal else { return }
            guard Self.isUTF8(message) else { throw .notUTF8 }
            events.append(.message(message))
            (message, pieces) = ([], 0)
        }
        control.removeAll(keepingCapacity: true)
    }

    private static func close(_ payload: [UInt8]) throws(WebSocketClose) -> WebSocketClose {
        guard !payload.isEmpty else { return WebSocketClose(code: nil) }
        guard payload.count >= 2 else { throw .violation("a close has a whole code") }
        let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: break
        default: throw .violation("a close has a code that may be sent")
        }
        guard isUTF8(Array(payload.dropFirst(2))) else { throw .notUTF8 }
        return WebSocketClose(code: code)
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool { (try? UTF8Span(validating: bytes.span)) != nil }
}
