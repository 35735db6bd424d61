/// Bounds the first message of a client, its hello, before OpenSSL sees it.
///
/// OpenSSL makes room for as much as the message says it has, up to 128 KB, when nine bytes have arrived; ten thousand
/// silent clients would take more than a gigabyte. A hello has some hundred bytes, and two thousand with keys that hold
/// against quantum computers.
///
/// It follows the records and messages (RFC 8446, sections 4 and 5.1) until something other than a hello begins: before
/// that, all of it is in the clear. There can be a second hello, which the server has asked for.
struct HelloLimit {
    /// The most bytes of a hello.
    static let maximum = 16_384
    private static let (alert, changeCipherSpec, handshake) = (21, 20, 22)
    private static let clientHello = 1

    private var isOver = false
    private var recordHeader = Header(length: 5)
    private var recordType = 0
    private var recordLeft = 0
    private var messageHeader = Header(length: 4)
    private var messageLeft = 0

    /// Follows what has arrived; false when a hello is too long.
    mutating func allows(_ bytes: UnsafeRawBufferPointer) -> Bool {
        for byte in bytes {
            if isOver { return true }
            guard allows(byte) else { return false }
        }
        return true
    }

    private mutating func allows(_ byte: UInt8) -> Bool {
        guard recordLeft > 0 else {
            guard let header = recordHeader.add(byte) else { return true }
            // The type, the version in two bytes, the length in two.
            (recordType, recordLeft) = (header >> 32, header & 0xFFFF)
            isOver = ![Self.alert, Self.changeCipherSpec, Self.handshake].contains(recordType)
            return true
        }
        recordLeft -= 1
        guard recordType == Self.handshake else { return true }
        guard messageLeft == 0 else {
            messageLeft -= 1
            return true
        }
        guard let header = messageHeader.add(byte) else { return true }
        // The type and the length in three bytes. Records are not where messages begin and end.
        messageLeft = header & 0xFF_FFFF
        isOver = header >> 24 != Self.clientHello
        return isOver || messageLeft <= Self.maximum
    }

    /// The first bytes of a record or a message, as far as they have arrived.
    private struct Header {
        let length: Int
        private var count = 0
        private var value = 0

        init(length: Int) { self.length = length }

        /// Adds a byte; returns the bytes as a number when it is the last of them.
        mutating func add(_ byte: UInt8) -> Int? {
            value = value << 8 | Int(byte)
            count += 1
            guard count == length else { return nil }
            defer { (count, value) = (0, 0) }
            return value
        }
    }
}
