/// Why a download failed.
///
/// Messages name the address without user name, password and parameters that are named like secrets.
package struct HTTPFetchError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// Not an http or https address, or not an address at all.
        case address
        /// The address, or one it redirects to, lies on this machine or in a private network, which was not allowed.
        case forbidden
        /// The host was not found or refused the connection.
        case connect
        /// The certificate or the TLS handshake failed.
        case tls
        /// Connecting, or the whole download, took longer than allowed.
        case timeout
        /// The answer is larger than allowed.
        case tooLarge
        /// More redirections than allowed, or one to another scheme.
        case redirect
        /// The server answered with a status outside 200…299.
        case status
        /// The connection broke, or the answer is not HTTP.
        case transfer
        /// The file could not be written.
        case file
    }

    package var code: Code
    package var message: String
    /// The status of the answer, where there was one.
    package var status: Int?

    package var description: String { message }
}
