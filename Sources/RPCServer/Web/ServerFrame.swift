/// The frames that a server writes (RFC 6455, section 5): whole messages, not masked.
package enum ServerFrame {
    /// What a frame is, by its number on the wire.
    package enum Kind: UInt8, Sendable {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10

        /// Whether it steers the connection rather than carries a message.
        var isControl: Bool { rawValue >= 8 }
    }

    /// How much a control frame may carry, in bytes.
    package static let maximumControlBytes = 125

    /// What precedes so many bytes that are sent as one frame.
    package static func head(_ kind: Kind, count: Int) -> [UInt8] {
        let first = 0x80 | kind.rawValue
        switch count {
        case ...125: return [first, UInt8(count)]
        case ...0xFFFF: return [first, 126, UInt8(count >> 8), UInt8(count & 0xFF)]
        default:
            return [first, 127] + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
        }
    }

    /// A control frame with so much of its payload as it may carry.
    package static func control(_ kind: Kind, _ payload: [UInt8] = []) -> [UInt8] {
        let payload = payload.prefix(maximumControlBytes)
        return head(kind, count: payload.count) + payload
    }
}

/// Why a connection of WebSocket ends (RFC 6455, section 7.4).
package struct WebSocketClose: Error, Sendable, Hashable {
    /// The number on the wire; nil when the client gave none.
    package let code: UInt16?
    /// The reason in words, for people who look at the connection.
    package let reason: String

    /// Describes an end.
    package init(code: UInt16?, reason: String = "") {
        self.code = code
        self.reason = reason
    }

    /// Everything is said.
    package static let normal = Self(code: 1000)
    /// The server is shut down.
    package static let goingAway = Self(code: 1001, reason: "the server is shut down")
    /// The client's identity does not count any more.
    package static let dismissed = Self(code: 1008, reason: "signed out, or the token has expired")
    /// A message is not text.
    package static let notText = Self(code: 1003, reason: "messages are text")
    /// A message is not in UTF-8.
    package static let notUTF8 = Self(code: 1007, reason: "text is in UTF-8")
    /// A message is longer, or in more pieces, than is accepted.
    package static let tooLong = Self(code: 1009, reason: "the message is too long")

    /// The frames break the protocol.
    package static func violation(_ reason: String) -> Self { Self(code: 1002, reason: reason) }

    /// The frame that says so.
    package var frame: [UInt8] {
        guard let code else { return ServerFrame.control(.close) }
        let reason = reason.utf8.count <= ServerFrame.maximumControlBytes - 2 ? Array(reason.utf8) : []
        return ServerFrame.control(.close, [UInt8(code >> 8), UInt8(code & 0xFF)] + reason)
    }
}

extension WebSocketClose: CustomStringConvertible {
    /// The code and the reason.
    package var description: String { [code.map { String($0) } ?? "no code", reason].joined(separator: " ") }
}
