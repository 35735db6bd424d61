/// How a message to a client is marked off from the next one.
package enum MessageFraming: Sendable, Hashable {
    /// A line break after each message.
    case line
    /// A text frame of WebSocket for each message.
    case textFrame
    /// A response of HTTP for each message; the last one on a connection says that it closes.
    case response(closes: Bool)

    /// What precedes a message of so many bytes.
    func head(of count: Int) -> [UInt8] {
        switch self {
        case .line: []
        case .textFrame: ServerFrame.head(.text, count: count)
        case .response(let closes): WebResponse.head(ofAnswer: count, closes: closes)
        }
    }

    /// What follows each message.
    var end: UInt8? { self == .line ? UInt8(ascii: "\n") : nil }
}
