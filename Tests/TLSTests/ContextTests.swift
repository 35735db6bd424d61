import Foundation
import TLS
import Testing

/// The files of certificates and keys.
@Suite(.enabled(if: Certificates.tool != nil, "needs the openssl tool")) struct ContextTests {
    private let certificates: Certificates

    init() async throws {
        certificates = try await Certificates.shared.value
    }

    private func error(_ body: () throws -> Void) -> TLSError? {
        do {
            try body()
            return nil
        } catch {
            return error as? TLSError
        }
    }

    @Test func `a chain with its key is an identity, whatever its algorithm`() throws {
        _ = try certificates.server()
        _ = try certificates.server("rsa")
    }

    @Test func `a key file may begin with the parameters of its curve`() throws {
        let key = try String(contentsOfFile: certificates.path("leaf.key"), encoding: .utf8)
        let parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
        let file = try certificates.write(parameters + key, to: "parameters.key")
        _ = try TLSContext.server(certificateFile: certificates.path("chain.pem"), keyFile: file)
    }

    @Test func `a fault of the certificate's file is an error that names it`() throws {
        let nonsense = try certificates.write("nonsense", to: "nonsense.pem")
        let empty = try certificates.write("", to: "empty.pem")
        let cases = [
            (certificates.path("missing.pem"), "there is no such file"),
            (nonsense, "there is no certificate in PEM form in it"),
            (empty, "there is no certificate in PEM form in it"),
            (certificates.path("leaf.key"), "there is no certificate in PEM form in it"),
            (certificates.path(""), "there is no certificate in PEM form in it"),
            (certificates.path("weak.pem"), "ee key too small"),
        ]
        for (file, reason) in cases {
            let error = error {
                _ = try TLSContext.server(certificateFile: file, keyFile: certificates.path("leaf.key"))
            }
            #expect(error?.code == .certificate, "\(file)")
            #expect(error?.message == "cannot use \(file) as certificate: \(reason)")
        }
    }

    @Test func `a fault of the key's file is an error that names it`() throws {
        let nonsense = try certificates.write("nonsense", to: "nonsense.key")
        let cases = [
            (certificates.path("missing.key"), "there is no such file"),
            (nonsense, "there is no private key in PEM form in it"),
            (certificates.path("leaf.pem"), "there is no private key in PEM form in it"),
            (certificates.path("encrypted.key"), "it is encrypted with a password"),
            // One of the same kind, and one of another kind, that belong to other certificates.
            (certificates.path("root.key"), "it does not belong to the certificate"),
            (certificates.path("rsa.key"), "it does not belong to the certificate"),
        ]
        for (file, reason) in cases {
            let error = error {
                _ = try TLSContext.server(certificateFile: certificates.path("chain.pem"), keyFile: file)
            }
            #expect(error?.code == .key, "\(file)")
            let message = error?.message ?? ""
            #expect(message.hasPrefix("cannot use \(file) as key: \(reason)"), "\(message)")
        }
    }

    @Test func `a file that may not be read is named`() throws {
        // The superuser may read everything.
        guard geteuid() != 0 else { return }
        let file = try certificates.write("x", to: "secret.key")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
        let error = error {
            _ = try TLSContext.server(certificateFile: certificates.path("chain.pem"), keyFile: file)
        }
        #expect(error?.message == "cannot use \(file) as key: the file cannot be read")
    }

    @Test func `a fault of the authorities' file is an error that names it`() throws {
        let nonsense = try certificates.write("nonsense", to: "nonsense.authorities")
        for (file, reason) in [
            (certificates.path("missing"), "there is no such file"),
            (nonsense, "there are no certificates in PEM form"),
        ] {
            let error = error { _ = try TLSContext.client(authoritiesFile: file) }
            #expect(error?.code == .authorities)
            #expect(error?.message.hasPrefix("cannot use \(file) as certificates to trust: \(reason)") == true)
        }
    }

    @Test(arguments: ["", ".", "..", ".example.test", "localhost\0.example.test", "\0", "127.0.0.1\0"])
    func `a host that no certificate can be checked for is refused`(host: String) throws {
        let context = try certificates.client()
        let error = error { _ = try TLSHandler(connectingTo: host, context) }
        #expect(error?.code == .host)
    }
}
