internal import COpenSSL

/// One TLS connection over memory: what arrives is given to it, and what is to be sent is fetched from it.
///
/// It does no input or output and does not wait. After an error only ``takeOutput(into:)`` is of use, for the alert that
/// tells the other side.
final class TLSConnection {
    /// The result of an attempt to decrypt.
    enum Reading {
        /// So many bytes.
        case bytes(Int)
        /// Nothing until more arrives.
        case nothing
        /// The other side has sent everything (`close_notify`).
        case closed
        case failed(TLSError)
    }

    private let session: OpaquePointer
    /// Ciphertext that has arrived and ciphertext to be sent; they belong to the session.
    private let (input, output): (OpaquePointer, OpaquePointer)
    let isClient: Bool
    private var helloLimit = HelloLimit()

    /// A connection that the other side begins.
    convenience init(accepting context: TLSContext) throws(TLSError) {
        precondition(context.role == .server)
        try self.init(context)
        SSL_set_accept_state(session)
    }

    /// A connection to a host: its certificate must be trusted and name it.
    ///
    /// - Parameters:
    ///   - host: A name, which is also the one asked for, or an IP address.
    ///   - context: A context for clients.
    /// - Throws: ``TLSError`` when there is nothing that could be checked.
    convenience init(connectingTo host: String, _ context: TLSContext) throws(TLSError) {
        precondition(context.role == .client)
        try self.init(context)
        try expect(host)
        SSL_set_connect_state(session)
    }

    private init(_ context: TLSContext) throws(TLSError) {
        ErrorQueue.clear()
        let (input, output) = (BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()))
        guard let input, let output, let session = SSL_new(context.pointer) else {
            BIO_free(input)
            BIO_free(output)
            throw TLSError(code: .library, message: "TLS cannot be set up: \(ErrorQueue.drain())")
        }
        self.session = session
        (self.input, self.output) = (input, output)
        isClient = context.role == .client
        SSL_set_bio(session, input, output)
    }

    deinit {
        SSL_free(session)
    }

    private func expect(_ host: String) throws(TLSError) {
        ErrorQueue.clear()
        let hasNUL = host.utf8.contains(0)
        if !hasNUL, X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), host) == 1 { return }
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        // OpenSSL checks nothing for an empty name, stops at a NUL, and accepts every subdomain after a leading dot.
        guard !name.isEmpty, !name.hasPrefix("."), !hasNUL else {
            throw TLSError(code: .host, message: "'\(host)' is no name that a certificate can be checked for")
        }
        SSL_set_hostflags(session, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        ErrorQueue.clear()
        guard SSL_set1_host(session, name) == 1, frontline_set_server_name(session, name) == 1 else {
            let reason = ErrorQueue.drain()
            throw TLSError(
                code: .host,
                message: "'\(host)' is no name that a certificate can be checked for: \(reason)"
            )
        }
    }

    // MARK: Ciphertext

    /// Adds what has arrived; it is to be read until there is nothing, or it accumulates.
    func give(_ bytes: UnsafeRawBufferPointer) throws(TLSError) {
        guard bytes.count > 0 else { return }
        guard isClient || helloLimit.allows(bytes) else {
            throw TLSError(code: .handshake, message: "the client's hello is too long")
        }
        ErrorQueue.clear()
        var count = 0
        guard BIO_write_ex(input, bytes.baseAddress, bytes.count, &count) == 1, count == bytes.count else {
            throw TLSError(code: .connection, message: ErrorQueue.drain())
        }
    }

    /// How many bytes there are to be sent.
    var outputCount: Int { BIO_ctrl_pending(output) }

    /// Fetches what is to be sent; returns how much of the buffer it fills.
    func takeOutput(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard buffer.count > 0 else { return 0 }
        var count = 0
        return BIO_read_ex(output, buffer.baseAddress, buffer.count, &count) == 1 ? count : 0
    }

    // MARK: Protocol

    /// Carries the handshake on as far as possible; true when it is complete and the other side is who it should be.
    func handshake() throws(TLSError) -> Bool {
        ErrorQueue.clear()
        let result = SSL_do_handshake(session)
        guard result == 1 else {
            guard SSL_get_error(session, result) == SSL_ERROR_WANT_READ else { throw handshakeError() }
            return false
        }
        // A failed check has ended the handshake already; this holds should a setting ever let it pass.
        if isClient {
            let isVerified = SSL_get_verify_result(session) == Int(X509_V_OK)
            guard isVerified, SSL_get0_peer_certificate(session) != nil else { throw handshakeError() }
        }
        return true
    }

    private func handshakeError() -> TLSError {
        let (reasons, verdict) = (ErrorQueue.drain(), SSL_get_verify_result(session))
        guard verdict != Int(X509_V_OK), let text = X509_verify_cert_error_string(verdict) else {
            return TLSError(code: .handshake, message: reasons)
        }
        return TLSError(code: .handshake, message: "\(reasons): \(String(cString: text))")
    }

    /// How many decrypted bytes are left of a record that was read in part.
    var decryptedCount: Int { Int(SSL_pending(session)) }

    /// Decrypts into a buffer that has room.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
        ErrorQueue.clear()
        var count = 0
        let result = SSL_read_ex(session, buffer.baseAddress, buffer.count, &count)
        guard result != 1 else { return .bytes(count) }
        switch SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ: return .nothing
        case SSL_ERROR_ZERO_RETURN: return .closed
        default: return .failed(TLSError(code: .connection, message: ErrorQueue.drain()))
        }
    }

    /// Encrypts all of the bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws(TLSError) {
        guard bytes.count > 0 else { return }
        ErrorQueue.clear()
        var count = 0
        // The output takes everything, so there is never a part left to be written again.
        guard SSL_write_ex(session, bytes.baseAddress, bytes.count, &count) == 1, count == bytes.count else {
            throw TLSError(code: .connection, message: ErrorQueue.drain())
        }
    }

    /// Says that everything has been sent (`close_notify`); nothing may be written afterwards, reading goes on.
    func close() throws(TLSError) {
        ErrorQueue.clear()
        guard SSL_shutdown(session) >= 0 else { throw TLSError(code: .connection, message: ErrorQueue.drain()) }
    }
}
