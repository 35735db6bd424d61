import Foundation
import FrontlineClient
import JSONRPC
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
}
