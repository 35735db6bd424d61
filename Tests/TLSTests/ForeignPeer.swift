import COpenSSL

/// The other side of a connection as OpenSSL itself has it, without the code under test; it can be made weak on purpose.
final class ForeignPeer {
    private let context: OpaquePointer
    private let session: OpaquePointer
    private let (input, output): (OpaquePointer, OpaquePointer)
    /// What it was sent, and whether that has ended (`close_notify`).
    private(set) var received: [UInt8] = []
    private(set) var isInputClosed = false
    private(set) var isComplete = false
    private(set) var failure: String?

    /// A client that trusts anybody.
    ///
    /// - Parameters:
    ///   - versions: The versions of TLS as OpenSSL numbers them.
    ///   - suites: The suites before TLS 1.3.
    ///   - groups: The key exchanges, the preferred first; nil for OpenSSL's own.
    init(
        clientOf versions: ClosedRange<Int32> = TLS1_2_VERSION...TLS1_3_VERSION,
        suites: String = "ALL:COMPLEMENTOFALL",
        groups: String? = nil
    ) {
        context = SSL_CTX_new(TLS_client_method())
        if let groups { precondition(frontline_set_groups(context, groups) == 1) }
        (session, input, output) = Self.session(context, versions, suites)
        SSL_set_connect_state(session)
    }

    /// A server.
    init(
        certificate: String,
        key: String,
        versions: ClosedRange<Int32> = TLS1_2_VERSION...TLS1_3_VERSION,
        suites: String = "ALL:COMPLEMENTOFALL"
    ) {
        context = SSL_CTX_new(TLS_server_method())
        SSL_CTX_set_security_level(context, 0)
        precondition(SSL_CTX_use_certificate_chain_file(context, certificate) == 1)
        precondition(SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1)
        (session, input, output) = Self.session(context, versions, suites)
        SSL_set_accept_state(session)
    }

    deinit {
        SSL_free(session)
        SSL_CTX_free(context)
    }

    private static func session(
        _ context: OpaquePointer,
        _ versions: ClosedRange<Int32>,
        _ suites: String
    ) -> (OpaquePointer, OpaquePointer, OpaquePointer) {
        SSL_CTX_set_security_level(context, 0)
        precondition(SSL_CTX_set_cipher_list(context, suites) == 1)
        guard let session = SSL_new(context), let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem()) else {
            preconditionFailure("OpenSSL has no memory")
        }
        // What SSL_set_min_proto_version and SSL_set_max_proto_version expand to.
        SSL_ctrl(session, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(versions.lowerBound), nil)
        SSL_ctrl(session, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(versions.upperBound), nil)
        SSL_set_bio(session, input, output)
        return (session, input, output)
    }

    var version: Int32 { SSL_version(session) }
    var suite: String { String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(session))) }
    /// Whether it could come back without a full handshake.
    var hasTicket: Bool { SSL_SESSION_has_ticket(SSL_get_session(session)) == 1 }
    var serverName: String? { SSL_get_servername(session, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) } }

    func write(_ bytes: [UInt8]) {
        ERR_clear_error()
        var count = 0
        _ = SSL_write_ex(session, bytes, bytes.count, &count)
    }

    func closeOutput() {
        SSL_shutdown(session)
    }

    /// Asks for new keys from the other side (TLS 1.3).
    func askForKeyUpdate() {
        SSL_key_update(session, SSL_KEY_UPDATE_REQUESTED)
        SSL_do_handshake(session)
    }

    /// Asks for another handshake (TLS 1.2).
    func renegotiate() {
        SSL_renegotiate(session)
        SSL_do_handshake(session)
    }

    /// What is to be sent.
    func sent() -> [UInt8] {
        if !isComplete { advance() }
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(output))
        var count = 0
        _ = BIO_read_ex(output, &bytes, bytes.count, &count)
        return Array(bytes.prefix(count))
    }

    func arrive(_ bytes: [UInt8]) {
        var count = 0
        _ = BIO_write_ex(input, bytes, bytes.count, &count)
        if !isComplete { advance() }
        guard isComplete else { return }
        var buffer = [UInt8](repeating: 0, count: 20_000)
        while true {
            ERR_clear_error()
            let result = SSL_read_ex(session, &buffer, buffer.count, &count)
            guard result == 1 else {
                switch SSL_get_error(session, result) {
                case SSL_ERROR_ZERO_RETURN: isInputClosed = true
                case SSL_ERROR_WANT_READ: break
                default: fail()
                }
                return
            }
            received += buffer.prefix(count)
        }
    }

    private func advance() {
        ERR_clear_error()
        let result = SSL_do_handshake(session)
        if result == 1 {
            isComplete = true
        } else if SSL_get_error(session, result) != SSL_ERROR_WANT_READ {
            fail()
        }
    }

    private func fail() {
        if failure == nil { failure = ERR_reason_error_string(ERR_get_error()).map { String(cString: $0) } ?? "failed" }
    }

    /// Carries bytes between this and a side until there are none.
    func carry(_ side: Side) throws {
        while true {
            let (there, back) = (sent(), try side.sent())
            if there.isEmpty, back.isEmpty { return }
            if !there.isEmpty { side.arrive(there) }
            if !back.isEmpty { arrive(back) }
        }
    }
}
