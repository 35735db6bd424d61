import Foundation
import FrontlineClient
import JSONRPC
import NIOSSL
import RPCServer
import Testing
import Vocabulary

@Suite struct TransportTests {
    @Test(arguments: [false, true]) func answersOverTCPAndUnixSockets(unix: Bool) async throws {
        let folder = try TemporaryFolder()
        let address = unix ? RPCAddress.unix(path: folder.path + "/s") : .tcp(host: "127.0.0.1", port: 0)
        try await TestServer.run([address]) { server in
            let client = try await FrontlineClient.connect(to: Destination(server.address))
            #expect(try await client.call(Echo.self, .init(text: "hello")).text == "hello")
            await client.close()
        }
    }

    @Test func listensOnSeveralAddresses() async throws {
        let folder = try TemporaryFolder()
        let addresses: [RPCAddress] = [
            .tcp(host: "127.0.0.1", port: 0), .tcp(host: "127.0.0.1", port: 0), .unix(path: folder.path + "/s"),
        ]
        try await TestServer.run(addresses) { server in
            #expect(Set(server.addresses).count == 3)
            for address in server.addresses {
                let client = try await FrontlineClient.connect(to: Destination(address))
                #expect(try await client.call(Echo.self, .init(text: "x")).text == "x")
            }
        }
    }

    @Test(.enabled(if: Identity.isPossible != nil, "needs the openssl tool"))
    func answersOverTLSEvenAfterTheEndOfInput() async throws {
        let folder = try TemporaryFolder()
        let identity = try await Identity(in: folder.path)
        try await TestServer.run(configure: {
            $0.tls = .init(certificate: identity.certificate, key: identity.key)
        }) { server in
            let client = try await RawClient.connect(server.address, trusting: identity.certificate)
            try await client.send((0..<500).map { request($0, "later") }.joined())
            try await client.endInput()
            #expect(Set(try await client.rest().compactMap { $0["id"]?.int }) == Set(0..<500))
            let plain = try await RawClient.connect(server.address)
            try await plain.send(request(1, "echo"))
            #expect(try await plain.rest().isEmpty)
        }
    }

    @Test(.enabled(if: Identity.isPossible != nil, "needs the openssl tool"))
    func onlySuitesWithForwardSecrecyAreSpoken() async throws {
        let folder = try TemporaryFolder()
        let identity = try await Identity(in: folder.path, isRSA: true)
        try await TestServer.run(configure: {
            $0.tls = .init(certificate: identity.certificate, key: identity.key)
        }) { server in
            let suites: [(NIOTLSCipher, Bool)] = [
                (.TLS_RSA_WITH_AES_128_GCM_SHA256, false), (.TLS_RSA_WITH_AES_256_CBC_SHA, false),
                (.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, false), (.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, true),
            ]
            for (suite, isSpoken) in suites {
                let client = try await RawClient.connect(
                    server.address,
                    trusting: identity.certificate,
                    suites: [suite]
                )
                try? await client.send(request(1, "echo", ["text": "x"]))
                #expect((try await client.next() != nil) == isSpoken, "\(suite)")
                try await client.close()
            }
        }
    }

    @Test(.enabled(if: Identity.isPossible != nil, "needs the openssl tool"))
    func theClientTrustsOnlyTheAuthoritiesItIsGiven() async throws {
        let folder = try TemporaryFolder()
        let identity = try await Identity(in: folder.path)
        try await TestServer.run(configure: {
            $0.tls = .init(certificate: identity.certificate, key: identity.key)
        }) { server in
            guard case .tcp(_, let port) = server.address else { return }
            for host in ["localhost", "127.0.0.1"] {
                let client = try await FrontlineClient.connect(
                    to: .tls(host, port, authorities: identity.certificate)
                )
                let answer = try await client.call(Echo.self, .init(text: "hello"))
                #expect(answer.text == "hello")
                let stranger = try await FrontlineClient.connect(to: .tls(host, port))
                await #expect(throws: FrontlineClientError.self) {
                    try await stranger.call(Echo.self, .init(text: "x"))
                }
            }
        }
    }

    @Test func aUnixSocketIsForItsOwnerAndGoesAway() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/s"
        try await TestServer.run([.unix(path: path)]) { _ in
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aSocketInUseIsRefusedAndAFileIsLeftAlone() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/s"
        try await TestServer.run([.unix(path: path)]) { server in
            let error = await #expect(throws: RPCServerError.self) {
                try await TestServer.run([.unix(path: path)]) { _ in }
            }
            #expect(error?.message == "cannot listen on unix:\(path): another process listens there")
            let client = try await FrontlineClient.connect(to: .unix(path))
            #expect(try await client.call(Echo.self, .init(text: "still here")).text == "still here")
        }
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        await #expect(throws: RPCServerError.self) { try await TestServer.run([.unix(path: path)]) { _ in } }
        #expect(FileManager.default.contents(atPath: path) == Data("precious".utf8))
    }

    @Test func aStaleSocketIsReplaced() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/s"
        try makeStaleSocket(path)
        try await TestServer.run([.unix(path: path)]) { server in
            let client = try await FrontlineClient.connect(to: .unix(path))
            #expect(try await client.call(Echo.self, .init(text: "x")).text == "x")
        }
    }

    @Test func aPortInUseIsSaidSo() async throws {
        try await TestServer.run { server in
            let error = await #expect(throws: RPCServerError.self) {
                try await TestServer.run([server.address]) { _ in }
            }
            #expect(error?.message == "cannot listen on \(server.address): the address is in use")
            #expect(error?.code == .address)
        }
    }

    @Test func aCertificateThatIsNoneIsSaidSo() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/certificate.pem"
        for write in [false, true] {
            if write {
                try Data("nonsense".utf8).write(to: URL(fileURLWithPath: path))
            }
            let error = await #expect(throws: RPCServerError.self) {
                try await TestServer.run(configure: { $0.tls = .init(certificate: path, key: path) }) { _ in }
            }
            #expect(error?.code == .certificate)
            #expect(error?.message.contains(path) == true)
        }
    }
}
