import COpenSSL
import TLS
import Testing

/// Who is spoken with, and how.
@Suite(.enabled(if: Certificates.tool != nil, "needs the openssl tool")) struct HandshakeTests {
    private let certificates: Certificates

    init() async throws {
        certificates = try await Certificates.shared.value
    }

    /// A client's connection to a server with a certificate, on which both have written something at once.
    private func meet(
        _ host: String,
        trusting authority: String = "root",
        server certificate: String = "chain"
    ) throws -> (client: Side, server: Side, writes: [WriteOutcome]) {
        let server = try Side(accepting: certificates.server(certificate))
        let client = try Side(connectingTo: host, certificates.client(trusting: authority))
        try server.activate()
        try client.activate()
        let writes = [client.write(Array("ping".utf8)), server.write(Array("pong".utf8))]
        #expect(writes.allSatisfy { $0.isPending })
        try Side.carry(client, server)
        return (client, server, writes)
    }

    @Test(arguments: [
        "localhost", "LOCALHOST", "localhost.", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "a.example.test",
    ])
    func `a client speaks with a server whose certificate it trusts and which names the host`(host: String) throws {
        let (client, server, writes) = try meet(host)
        #expect(client.received == Array("pong".utf8))
        #expect(server.received == Array("ping".utf8))
        #expect(writes.allSatisfy { $0.successes == 1 && $0.failures.isEmpty })
        #expect(client.errors.isEmpty && server.errors.isEmpty && client.isOpen && server.isOpen)
    }

    @Test(arguments: [
        ("other.test", "root", "chain", "hostname mismatch"),
        ("example.test", "root", "chain", "hostname mismatch"),
        ("a.b.example.test", "root", "chain", "hostname mismatch"),
        ("ww.partial.test", "root", "chain", "hostname mismatch"),
        ("127.0.0.2", "root", "chain", "IP address mismatch"), ("::2", "root", "chain", "IP address mismatch"),
        ("localhost", "stranger", "chain", "unable to get local issuer certificate"),
        // The authority between is neither trusted nor sent.
        ("localhost", "root", "leaf", "unable to get local issuer certificate"),
        ("localhost", "root", "expired", "certificate has expired"),
        ("localhost", "root", "alone", "self-signed certificate"),
        ("localhost", "root", "caller", "unsuitable certificate purpose"),
    ])
    func `a client refuses any other`(host: String, authority: String, certificate: String, reason: String) throws {
        let (client, server, writes) = try meet(host, trusting: authority, server: certificate)
        #expect(client.codes == [.handshake])
        #expect(client.errors.map { "\($0)" } == ["certificate verify failed: \(reason)"])
        #expect(!client.isOpen && client.received.isEmpty)
        #expect(writes[0].successes == 0 && writes[0].failures.count == 1)
        // The server has been told why, and has heard nothing. It may have answered before that.
        #expect(server.received.isEmpty && !server.isOpen)
        #expect(server.errors.count == 1)
        #expect("\(server.errors[0])".contains("alert"))
    }

    @Test func `a certificate that is trusted itself needs no authority`() throws {
        let (client, server, _) = try meet("localhost", trusting: "alone", server: "alone")
        #expect(client.errors.isEmpty && server.received == Array("ping".utf8))
    }

    @Test func `the system's authorities do not know the certificate`() throws {
        let server = try Side(accepting: certificates.server())
        let client = try Side(connectingTo: "localhost", TLSContext.client(authoritiesFile: nil))
        try server.activate()
        try client.activate()
        try Side.carry(client, server)
        #expect(client.codes == [.handshake] && server.errors.count == 1)
    }

    @Test func `a client asks for the name of the host, and not for an address`() throws {
        for (host, name) in [("localhost", "localhost"), ("localhost.", "localhost"), ("127.0.0.1", nil), ("::1", nil)]
        {
            let server = ForeignPeer(certificate: certificates.path("chain.pem"), key: certificates.path("leaf.key"))
            let client = try Side(connectingTo: host, certificates.client())
            try client.activate()
            try server.carry(client)
            #expect(server.isComplete && server.serverName == name)
        }
    }

    // MARK: Versions and suites

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a server speaks both versions, and gives no ticket to come back with`(version: Int32) throws {
        let server = try Side(accepting: certificates.server())
        let client = ForeignPeer(clientOf: version...version)
        try server.activate()
        try client.carry(server)
        client.write([1, 2, 3])
        server.write([4, 5, 6])
        try client.carry(server)
        #expect(server.received == [1, 2, 3] && client.received == [4, 5, 6])
        #expect(client.version == version && !client.hasTicket)
    }

    @Test(arguments: [TLS1_VERSION, TLS1_1_VERSION])
    func `neither side speaks an older version`(version: Int32) throws {
        let server = try Side(accepting: certificates.server())
        let foreign = ForeignPeer(clientOf: version...version)
        try server.activate()
        try foreign.carry(server)
        #expect(server.codes == [.handshake] && !server.isOpen && !foreign.isComplete)

        let old = ForeignPeer(
            certificate: certificates.path("chain.pem"),
            key: certificates.path("leaf.key"),
            versions: version...version
        )
        let client = try Side(connectingTo: "localhost", certificates.client())
        try client.activate()
        try old.carry(client)
        #expect(client.codes == [.handshake] && !client.isOpen && !old.isComplete)
    }

    @Test(arguments: [
        ("ECDHE-RSA-AES128-GCM-SHA256", true), ("ECDHE-RSA-AES256-GCM-SHA384", true),
        ("ECDHE-RSA-CHACHA20-POLY1305", true), ("ECDHE-RSA-AES128-SHA", false), ("ECDHE-RSA-AES256-SHA384", false),
        ("AES128-GCM-SHA256", false), ("AES256-SHA", false), ("DHE-RSA-AES128-GCM-SHA256", false),
        ("AECDH-AES128-SHA", false), ("ECDHE-RSA-NULL-SHA", false), ("NULL-SHA256", false),
    ])
    func `only suites with forward secrecy and authentication are spoken`(suite: String, isSpoken: Bool) throws {
        let server = try Side(accepting: certificates.server("rsa"))
        let client = ForeignPeer(clientOf: TLS1_2_VERSION...TLS1_2_VERSION, suites: suite)
        try server.activate()
        try client.carry(server)
        #expect(client.isComplete == isSpoken)
        #expect(server.codes == (isSpoken ? [] : [.handshake]))
        if isSpoken { #expect(client.suite == suite) }
    }

    @Test func `the server chooses the suite`() throws {
        let server = try Side(accepting: certificates.server())
        let client = ForeignPeer(
            clientOf: TLS1_2_VERSION...TLS1_2_VERSION,
            suites: "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256"
        )
        try server.activate()
        try client.carry(server)
        #expect(client.suite == "ECDHE-ECDSA-AES128-GCM-SHA256")
    }

    @Test func `there is no second handshake`() throws {
        let server = try Side(accepting: certificates.server())
        let client = ForeignPeer(clientOf: TLS1_2_VERSION...TLS1_2_VERSION)
        try server.activate()
        try client.carry(server)
        client.renegotiate()
        try client.carry(server)
        #expect(client.failure == "no renegotiation")
    }
}
