internal import COpenSSL

/// Says why TLS cannot be spoken, or no longer.
package struct TLSError: Error, Equatable {
    /// What kind of fault it is.
    package enum Code: Sendable {
        /// The file with the certificate chain cannot be used.
        case certificate
        /// The file with the private key cannot be used, or the key does not belong to the certificate.
        case key
        /// The file with the certificates to trust cannot be used.
        case authorities
        /// The host has no name that a certificate could be checked for.
        case host
        /// The two sides could not agree: protocol, suite, certificate or name.
        case handshake
        /// What the other side sent after the handshake is not what it encrypted, or it reported a fault.
        case connection
        /// The other side closed the connection without saying that it had sent everything.
        case truncated
        /// More would have to be kept in memory than is allowed.
        case overflow
        /// The system's libssl refuses to be set up.
        case library
    }

    /// What kind of fault it is.
    package let code: Code
    /// The fault in one sentence, which names the file or has OpenSSL's reason.
    package let message: String
}

extension TLSError: CustomStringConvertible {
    /// The fault in one sentence.
    package var description: String { message }
}

/// OpenSSL's queue of errors, of which each thread has its own.
///
/// What an earlier call left there would be taken for the reason of a later one, so it is cleared before each call
/// whose result is looked at.
enum ErrorQueue {
    static func clear() {
        ERR_clear_error()
    }

    /// Empties the queue; the reasons in words, the cause first.
    static func drain() -> String {
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            let reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "system error"
            if reasons.last != reason { reasons.append(reason) }
        }
        return reasons.isEmpty ? "no reason given" : reasons.joined(separator: ", ")
    }
}
