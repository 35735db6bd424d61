import Foundation
import FrontlineClient
import JSONRPC
import RPCServer
import Testing
import Vocabulary

/// The server and the client over TLS and real sockets.
@Suite(.enabled(if: Identity.tool != nil, "needs the openssl tool")) struct TLSTransportTests {
    /// Runs a server that speaks TLS while the body runs.
    private static func run(
        isRSA: Bool = false,
        configure: (inout ServerConfiguration) -> Void = { _ in },
        body: (_ server: TestServer, _ certificate: String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let identity = try await Identity(in: folder.path, isRSA: isRSA)
        try await TestServer.run(configure: {
            $0.tls = .init(certificate: identity.certificate, key: identity.key)
            configure(&$0)
        }) { try await body($0, identity.certificate) }
    }

    @Test func answersComeEvenAfterTheEndOfInput() async throws {
        try await Self.run { server, certificate in
            let client = try await RawClient.connect(server.address, trusting: certificate)
            try await client.send((0..<500).map { request($0, "later") }.joined())
            try await client.endInput()
            #expect(Set(try await client.rest().compactMap { $0["id"]?.int }) == Set(0..<500))
        }
    }

    @Test func aClientWithoutTLSIsRefused() async throws {
        try await Self.run { server, _ in
            let client = try await RawClient.connect(server.address)
            try await client.send(request(1, "echo"))
            #expect(try await client.rest().isEmpty)
            let typed = try await FrontlineClient.connect(to: Destination(server.address))
            let error = await #expect(throws: FrontlineClientError.self) {
                try await typed.call(Echo.self, .init(text: "x"))
            }
            #expect(error?.message == "the server closed the connection")
        }
    }

    @Test func aServerWithoutTLSIsSaidSo() async throws {
        try await TestServer.run { server in
            guard case .tcp(let host, let port) = server.address else { return }
            let client = try await FrontlineClient.connect(to: .tls(host, port))
            let error = await #expect(throws: FrontlineClientError.self) {
                try await client.call(Echo.self, .init(text: "x"))
            }
            #expect(error?.message == "the connection failed: TLS: wrong version number")
        }
    }

    @Test func theClientTrustsOnlyTheAuthoritiesItIsGiven() async throws {
        try await Self.run { server, certificate in
            guard case .tcp(_, let port) = server.address else { return }
            for host in ["localhost", "127.0.0.1"] {
                let client = try await FrontlineClient.connect(to: .tls(host, port, authorities: certificate))
                #expect(try await client.call(Echo.self, .init(text: "hello")).text == "hello")
                let stranger = try await FrontlineClient.connect(to: .tls(host, port))
                let error = await #expect(throws: FrontlineClientError.self) {
                    try await stranger.call(Echo.self, .init(text: "x"))
                }
                #expect(
                    error?.message
                        == "the connection failed: TLS: certificate verify failed: self-signed certificate"
                )
            }
        }
    }

    @Test func theClientChecksTheNameOfTheHost() async throws {
        let folder = try TemporaryFolder()
        let identity = try await Identity(in: folder.path)
        try await TestServer.run(
            [.tcp(host: "127.0.0.2", port: 0)],
            configure: {
                $0.tls = .init(certificate: identity.certificate, key: identity.key)
            }
        ) { server in
            guard case .tcp(let host, let port) = server.address else { return }
            let client = try await FrontlineClient.connect(to: .tls(host, port, authorities: identity.certificate))
            let error = await #expect(throws: FrontlineClientError.self) {
                try await client.call(Echo.self, .init(text: "x"))
            }
            #expect(
                error?.message == "the connection failed: TLS: certificate verify failed: IP address mismatch"
            )
        }
    }

    @Test func filesThatCannotBeUsedAreNamed() async throws {
        let folder = try TemporaryFolder()
        let (one, other) = (try await Identity(in: folder.path), folder.path + "/other.pem")
        try FileManager.default.copyItem(atPath: one.key, toPath: other)
        let two = try await Identity(in: folder.path)
        let missing = folder.path + "/missing.pem"
        for (certificate, key, named) in [
            (missing, two.key, missing), (two.key, two.key, two.key), (two.certificate, missing, missing),
            (two.certificate, two.certificate, two.certificate), (two.certificate, other, other),
        ] {
            let error = await #expect(throws: RPCServerError.self) {
                try await TestServer.run(configure: { $0.tls = .init(certificate: certificate, key: key) }) { _ in }
            }
            #expect(error?.code == .certificate)
            #expect(error?.message.hasPrefix("cannot use \(named) as ") == true, "\(error?.message ?? "")")
        }
        let error = await #expect(throws: FrontlineClientError.self) {
            try await FrontlineClient.connect(to: .tls("localhost", 1, authorities: missing))
        }
        #expect(error?.code == .certificate)
        #expect(error?.message == "cannot use \(missing) as certificates to trust: there is no such file")
    }

    @Test func largeAnswersReachAClientThatReadsSlowly() async throws {
        try await Self.run { server, certificate in
            let client = try await RawClient.connect(server.address, trusting: certificate)
            try await client.send(request(0, "echo", ["text": "x"]))
            _ = try await client.next()
            try await client.pauseReading()
            try await client.send((1...4).map { request($0, "large", ["count": 2_000_000]) }.joined())
            try await client.endInput()
            try await client.resumeReading()
            let answers = try await client.rest()
            #expect(answers.count == 4)
            #expect(answers.allSatisfy { $0["result"]?.string?.utf8.count == 2_000_000 })
        }
    }

    @Test func aFullServerSaysSoOverTLS() async throws {
        try await Self.run(configure: {
            $0.limits.connections = 1
            $0.limits.strangerGrace = .seconds(60)
        }) { server, certificate in
            let first = try await RawClient.connect(server.address, trusting: certificate)
            try await first.send(request(1, "echo", ["text": "x"]))
            _ = try await first.next()
            let second = try await RawClient.connect(server.address, trusting: certificate)
            let answers = try await second.rest()
            #expect(answers.count == 1 && answers.first?["error"] != nil)
            try await first.close()
        }
    }

    /// Silent, in the header of a record, and in the hello.
    @Test(arguments: [[], [22, 3], [22, 3, 1, 0, 100, 1, 0]])
    func aClientThatStopsInTheHandshakeIsClosed(beginning: [UInt8]) async throws {
        try await Self.run(configure: { $0.limits.strangerTime = .milliseconds(200) }) { server, _ in
            let client = try await RawClient.connect(server.address)
            // On a busy machine it may be closed already.
            try? await client.send(beginning)
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test func aDrainDoesNotWaitForAHandshake() async throws {
        try await Self.run(configure: { $0.limits.drainTime = .seconds(600) }) { server, _ in
            let client = try await RawClient.connect(server.address)
            try await client.send("\u{16}\u{3}\u{1}")
            await server.shutDown()
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test func requestsInFlightAreAnsweredBeforeTheEnd() async throws {
        try await Self.run { server, certificate in
            let client = try await RawClient.connect(server.address, trusting: certificate)
            try await client.send(request(1, "wait"))
            for await _ in server.entered { break }
            await server.shutDown()
            server.latch.open()
            #expect(try await client.rest().compactMap { $0["id"]?.int } == [1])
        }
    }

    @Test(arguments: [
        (["-tls1_3"], true), (["-tls1_2"], true), (["-tls1_2", "-cipher", "ECDHE-RSA-CHACHA20-POLY1305"], true),
        (["-tls1_1"], false), (["-tls1_2", "-cipher", "AES128-GCM-SHA256:@SECLEVEL=0"], false),
        (["-tls1_2", "-cipher", "ECDHE-RSA-AES128-SHA:@SECLEVEL=0"], false),
    ])
    func theOpensslToolIsAnswered(options: [String], isSpoken: Bool) async throws {
        // The tool ends when the server closes, which a line that is too long makes it do.
        try await Self.run(isRSA: true, configure: { $0.limits.lineBytes = 1_000 }) { server, certificate in
            let output = try await Identity.run(
                ["s_client", "-connect", "\(server.address)", "-CAfile", certificate, "-verify_return_error", "-quiet"]
                    + ["-verify_hostname", "localhost"] + options,
                input: request(1, "echo", ["text": "hello"]) + String(repeating: "x", count: 2_000)
            )
            #expect(output.contains("hello") == isSpoken)
        }
    }
}
