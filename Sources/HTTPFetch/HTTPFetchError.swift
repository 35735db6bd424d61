/// Why a request failed.
///
/// Messages contain the address without user name, password and parameters whose names suggest secrets.
package struct HTTPFetchError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// Not an http or https address, or not an address at all.
        case address
        /// The address, or one it redirects to, is on this machine or in a private network, which was not allowed.
        case forbidden
        /// The host was not found or refused the connection.
        case connect
        /// The certificate or the TLS handshake failed.
        case tls
        /// Connecting, or the whole download, exceeded its timeout.
        case timeout
        /// The response is larger than allowed.
        case tooLarge
        /// There were more redirects than allowed, or one to another scheme.
        case redirect
        /// The response has a status outside 200…299.
        case status
        /// The connection broke, or the response is not HTTP.
        case transfer
        /// The caller has given up.
        case cancelled
        /// The file could not be written.
        case file
    }

    package var code: Code
    package var message: String
    /// The status of the response, if there was one.
    package var status: Int?

    package var description: String { message }
}
