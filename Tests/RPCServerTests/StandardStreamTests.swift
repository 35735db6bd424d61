import Foundation
import NIOPosix
import RPCServer
import Testing
import Vocabulary

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Leaves a socket file that nobody listens on.
func makeStaleSocket(_ path: String) throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafeBytes(of: &address) { bytes in
        bytes.baseAddress.map {
            bind(descriptor, $0.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
    }
    #expect(result == 0)
    close(descriptor)
}

@Suite struct StandardStreamTests {
    /// Runs a server on a file of input and gives what it wrote.
    private static func answers(input: Int32) async throws -> [JSON] {
        let folder = try TemporaryFolder()
        let path = folder.path + "/output"
        let output = open(path, O_WRONLY | O_CREAT, 0o600)
        defer { close(output) }
        try await TestServer.run(
            [],
            configure: {
                $0.standardStreams = StandardStreams(input: input, output: output)
            }
        ) { server in
            for await _ in server.disconnected {
                break
            }
        }
        let bytes = Array(FileManager.default.contents(atPath: path) ?? Data())
        return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSON(parsing: Array($0)) }
    }

    @Test func answersEveryLineOfAFile() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/input"
        let text = (0..<3_000).map { request($0, $0 % 2 == 0 ? "echo" : "later", ["text": "x"]) }.joined()
        try Data((text + #"{"jsonrpc":"2.0","id":"last","method":"whoami"}"#).utf8).write(
            to: URL(fileURLWithPath: path)
        )
        let input = open(path, O_RDONLY)
        defer { close(input) }
        let answers = try await Self.answers(input: input)
        #expect(Set(answers.compactMap { $0["id"]?.int }) == Set(0..<3_000))
        #expect(answers.contains { $0["id"] == "last" })
    }

    @Test func nothingToReadIsNoError() async throws {
        let input = open("/dev/null", O_RDONLY)
        defer { close(input) }
        #expect(try await Self.answers(input: input).isEmpty)
    }

    @Test func aShutdownEndsTheWaitingForInput() async throws {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        try await TestServer.run(
            [],
            configure: { [ends] in
                $0.standardStreams = StandardStreams(input: ends[0], output: ends[1])
            }
        ) { server in
            await server.shutDown()
        }
    }

    @Test func answersOverPipesWhileTheInputStaysOpen() async throws {
        var input: [Int32] = [-1, -1]
        var output: [Int32] = [-1, -1]
        #expect(pipe(&input) == 0 && pipe(&output) == 0)
        let (reader, writer) = (output[0], input[1])
        defer { (input + output).forEach { close($0) } }
        try await TestServer.run(
            [],
            configure: { [input, output] in
                $0.standardStreams = StandardStreams(input: input[0], output: output[1])
            }
        ) { _ in
            let line = Array(request(1, "echo", ["text": "x"]).utf8)
            #expect(line.withUnsafeBytes { write(writer, $0.baseAddress, $0.count) } == line.count)
            let answer = try await NIOThreadPool.singleton.runIfActive {
                [UInt8](unsafeUninitializedCapacity: 1_000) { buffer, count in
                    count = max(0, read(reader, buffer.baseAddress, buffer.count))
                }
            }
            let value = try JSON(parsing: answer)
            #expect(value["result"]?["text"] == "x")
        }
    }

    @Test func aLongLineIsRefused() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/input"
        try Data(repeating: 0x20, count: 3 << 20).write(to: URL(fileURLWithPath: path))
        let input = open(path, O_RDONLY)
        defer { close(input) }
        #expect(try await Self.answers(input: input).map { $0["error"]?["code"] } == [-32600])
    }
}
