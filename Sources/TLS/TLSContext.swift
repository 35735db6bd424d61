internal import COpenSSL

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The settings of TLS connections of one side: identity or trust, versions and suites.
///
/// TLS 1.2 and 1.3 are spoken, with suites that have forward secrecy, so that somebody who records the traffic and
/// obtains the server's key later cannot read it, and authenticated encryption (RFC 9325). There is no resumption: its
/// tickets would be keys that outlive their connection. The system's configuration of OpenSSL can raise the oldest
/// version and the security level, and nothing weaker.
///
/// ## Topics
/// - ``server(certificateFile:keyFile:)``
/// - ``client(authoritiesFile:)``
///
/// `@unchecked Sendable`: the `SSL_CTX` is changed only before its context is returned; afterwards it is only the
/// argument of `SSL_new`, which may be called from any thread and counts its references atomically.
package final class TLSContext: @unchecked Sendable {
    enum Role {
        case server, client
    }

    /// The suites of TLS 1.2, the preferred first.
    static let suites = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
    ].joined(separator: ":")
    /// The suites of TLS 1.3, the preferred first.
    static let suites13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
    /// The key exchanges: those over finite fields would cost the server many times as much as the client that asks.
    static let groups = "X25519:P-256:P-384"
    /// At least 112 bits: RSA and Diffie-Hellman from 2,048 bits, curves from 224 bits, no SHA-1.
    static let securityLevel: Int32 = 2

    let role: Role
    let pointer: OpaquePointer

    private init(_ role: Role) throws(TLSError) {
        frontline_start_openssl()
        ErrorQueue.clear()
        guard let pointer = SSL_CTX_new(role == .server ? TLS_server_method() : TLS_client_method()) else {
            throw TLSError(code: .library, message: "TLS cannot be set up: \(ErrorQueue.drain())")
        }
        self.role = role
        self.pointer = pointer
        frontline_set_flags(pointer)
        SSL_CTX_set_security_level(pointer, max(Self.securityLevel, SSL_CTX_get_security_level(pointer)))
        guard frontline_raise_minimum_version(pointer, TLS1_2_VERSION) == 1,
            SSL_CTX_set_cipher_list(pointer, Self.suites) == 1,
            SSL_CTX_set_ciphersuites(pointer, Self.suites13) == 1,
            frontline_set_groups(pointer, Self.groups) == 1,
            SSL_CTX_set_num_tickets(pointer, 0) == 1
        else { throw TLSError(code: .library, message: "TLS cannot be set up: \(ErrorQueue.drain())") }
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    /// The identity of a server.
    ///
    /// - Parameters:
    ///   - certificateFile: A PEM file with the certificate chain, the server's own first.
    ///   - keyFile: A PEM file with the private key, without a password.
    /// - Returns: A context for ``TLSHandler/init(accepting:maximumWaitingBytes:)``.
    /// - Throws: ``TLSError`` that names the file at fault.
    package static func server(certificateFile: String, keyFile: String) throws(TLSError) -> TLSContext {
        let context = try TLSContext(.server)
        try check(certificateFile, "certificate", .certificate)
        guard SSL_CTX_use_certificate_chain_file(context.pointer, certificateFile) == 1 else {
            let reasons = ErrorQueue.drain()
            let isNone = reasons.contains("no start line")
            throw unusable(
                certificateFile,
                "certificate",
                .certificate,
                isNone ? "there is no certificate in PEM form in it" : reasons
            )
        }
        try check(keyFile, "key", .key)
        try context.useKey(keyFile)
        guard SSL_CTX_check_private_key(context.pointer) == 1 else {
            throw foreignKey(keyFile)
        }
        return context
    }

    /// What a client trusts; it asks for no more than the server's certificate and shows none.
    ///
    /// - Parameter authoritiesFile: A PEM file with the certificates to trust; nil for the system's.
    /// - Returns: A context for ``TLSHandler/init(connectingTo:_:maximumWaitingBytes:)``.
    /// - Throws: ``TLSError`` that names the file.
    package static func client(authoritiesFile: String?) throws(TLSError) -> TLSContext {
        let context = try TLSContext(.client)
        SSL_CTX_set_verify(context.pointer, SSL_VERIFY_PEER, nil)
        guard let authoritiesFile else {
            ErrorQueue.clear()
            guard SSL_CTX_set_default_verify_paths(context.pointer) == 1 else {
                throw TLSError(
                    code: .authorities,
                    message: "cannot use the system's certificates: \(ErrorQueue.drain())"
                )
            }
            return context
        }
        try check(authoritiesFile, "certificates to trust", .authorities)
        guard SSL_CTX_load_verify_file(context.pointer, authoritiesFile) == 1 else {
            let reasons = ErrorQueue.drain()
            throw unusable(
                authoritiesFile,
                "certificates to trust",
                .authorities,
                "there are no certificates in PEM form in it (\(reasons))"
            )
        }
        return context
    }

    private func useKey(_ file: String) throws(TLSError) {
        // OpenSSL would otherwise ask for a password at the terminal.
        var isEncrypted = false
        let result = withUnsafeMutablePointer(to: &isEncrypted) { isEncrypted in
            SSL_CTX_set_default_passwd_cb_userdata(pointer, isEncrypted)
            SSL_CTX_set_default_passwd_cb(pointer) { _, _, _, isEncrypted in
                isEncrypted?.assumingMemoryBound(to: Bool.self).pointee = true
                return -1
            }
            defer {
                SSL_CTX_set_default_passwd_cb(pointer, nil)
                SSL_CTX_set_default_passwd_cb_userdata(pointer, nil)
            }
            return SSL_CTX_use_PrivateKey_file(pointer, file, SSL_FILETYPE_PEM)
        }
        guard result != 1 else { return }
        let reasons = ErrorQueue.drain()
        if isEncrypted { throw Self.unusable(file, "key", .key, "it is encrypted with a password") }
        if reasons.contains("mismatch") { throw Self.foreignKey(file) }
        throw Self.unusable(file, "key", .key, "there is no private key in PEM form in it (\(reasons))")
    }

    private static func foreignKey(_ file: String) -> TLSError {
        unusable(file, "key", .key, "it does not belong to the certificate")
    }

    /// Looks whether a file can be read, for OpenSSL does not say it in words, and prepares the queue of errors.
    private static func check(_ file: String, _ what: String, _ code: TLSError.Code) throws(TLSError) {
        if access(file, F_OK) != 0 { throw unusable(file, what, code, "there is no such file") }
        if access(file, R_OK) != 0 { throw unusable(file, what, code, "the file cannot be read") }
        ErrorQueue.clear()
    }

    private static func unusable(_ file: String, _ what: String, _ code: TLSError.Code, _ reason: String) -> TLSError {
        TLSError(code: code, message: "cannot use \(file) as \(what): \(reason)")
    }
}
