import NIOCore
import NIOPosix
import TLS

/// Says why a call did not get an answer; an answer that is an error is an `RPCError` instead.
public struct FrontlineClientError: Error {
    /// What kind of fault it is.
    public enum Code: Sendable, Hashable {
        /// The server cannot be reached.
        case unreachable
        /// The connection is closed.
        case closed
        /// No answer came in time; the call may still take effect.
        case timedOut
        /// The server sent something that is no answer.
        case badAnswer
        /// The file with certificates cannot be used.
        case certificate
    }

    /// What kind of fault it is.
    public let code: Code
    /// The fault in one sentence.
    public let message: String
    /// The error below, if there is one.
    public let cause: (any Error)?

    /// Describes a fault.
    public init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}

extension FrontlineClientError: CustomStringConvertible {
    /// The fault in one sentence.
    public var description: String { message }
}

/// Why a connection failed, in words: the libraries' own errors name their parts.
enum FailureReason {
    static func text(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first { return text(first.error) }
            return "the name is unknown"
        case is SocketAddressError: return "the name is unknown"
        case ChannelError.connectTimeout: return "no answer in time"
        case let error as IOError: return String(cString: strerror(error.errnoCode))
        case let error as TLSError: return "TLS: \(error.message)"
        default: return "\(error)"
        }
    }
}
