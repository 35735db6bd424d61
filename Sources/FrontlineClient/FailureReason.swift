import NIOCore
import NIOPosix
import NIOSSL

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
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: return secure("\(error)")
        default: return "\(error)"
        }
    }

    /// The reasons within an error of the TLS library, which writes them as
    /// `…OPENSSL_internal:CERTIFICATE_VERIFY_FAILED…`.
    private static func secure(_ text: String) -> String {
        let reasons = text.split(separator: "OPENSSL_internal:", omittingEmptySubsequences: false).dropFirst().map {
            part in
            part.prefix { $0.isLetter || $0 == "_" }.lowercased().replacing("_", with: " ")
        }
        return reasons.isEmpty ? "TLS could not be agreed on" : "TLS: " + reasons.joined(separator: ", ")
    }
}
