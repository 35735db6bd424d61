import Foundation
import NIOSSL

/// Makes the identity of a server from its files.
enum TLS {
    /// The cipher suites before TLS 1.3: those with forward secrecy, so that somebody who records the
    /// traffic and obtains the server's key later cannot read it, and with authenticated encryption.
    ///
    /// All suites of TLS 1.3 are of this kind.
    static let suites: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]

    /// Loads the certificate chain and the key.
    ///
    /// - Throws: ``RPCServerError`` that names the file at fault.
    static func serverContext(_ files: ServerConfiguration.TLSFiles) throws(RPCServerError) -> NIOSSLContext {
        let certificates = try load(files.certificate, "certificate") {
            try NIOSSLCertificate.fromPEMFile(files.certificate)
        }
        guard !certificates.isEmpty else {
            throw RPCServerError(code: .certificate, message: "there is no certificate in \(files.certificate)")
        }
        let key = try load(files.key, "key") { try NIOSSLPrivateKey(file: files.key, format: .pem) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuiteValues = suites
        return try load(files.key, "key for \(files.certificate)") { try NIOSSLContext(configuration: configuration) }
    }

    private static func load<T>(
        _ path: String,
        _ what: String,
        _ body: () throws -> T
    ) throws(RPCServerError) -> T {
        do {
            return try body()
        } catch {
            let message = "cannot use \(path) as \(what): \(reason(path))"
            throw RPCServerError(code: .certificate, message: message, cause: error)
        }
    }

    /// What is probably wrong with a file; the library's message names only parts of it.
    private static func reason(_ path: String) -> String {
        guard FileManager.default.fileExists(atPath: path) else { return "there is no such file" }
        guard FileManager.default.isReadableFile(atPath: path) else { return "the file cannot be read" }
        return "it is not in PEM form, or the key does not belong to the certificate"
    }
}
