import JSONRPC
import RPCServer
import Testing
import Vocabulary

/// A client that does not speak JSON is not listened to.
@Suite struct FirstLineTests {
    @Test(arguments: ["hello", "USER anonymous", "\u{FEFF}{}", "\u{16}\u{3}\u{1}", "nul", "}"])
    func aFirstLineThatIsNoJSONClosesTheConnection(line: String) async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            try await client.send(line + "\n" + request(1, "echo", ["text": "x"]))
            let answers = try await client.rest()
            #expect(answers.map { $0["error"]?["code"] } == [-32700])
        }
    }

    @Test(arguments: ["{", "[", #"{"jsonrpc":"2.0""#, "  {", "1", #""x""#, "null"])
    func aFirstLineThatIsJSONOrBeginsLikeItIsAMistakeLikeAnyOther(line: String) async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            try await client.send("\n\r\n" + line + "\n" + request(1, "echo", ["text": "x"]) + "hello\n")
            try await client.send(request(2, "echo", ["text": "x"]))
            #expect(try await client.next()?["error"] != nil)
            #expect(try await client.next()?["id"] == 1)
            #expect(try await client.next()?["error"]?["code"] == -32700)
            #expect(try await client.next()?["id"] == 2)
        }
    }

    @Test(arguments: ["GET / HTTP/1.1", "POST /rpc HTTP/1.1", "OPTIONS * HTTP/1.0", "PRI * HTTP/2.0", "get / HTTP/1.1"])
    func aCallInTheBodyOfARequestOfHTTPIsNotCarriedOut(line: String) async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            let head = line + "\r\nHost: localhost\r\nContent-Type: text/plain\r\n\r\n"
            try await client.send(head + request(1, "wait"))
            var lines: [String] = []
            for await line in client.lines { lines.append(String(decoding: line, as: UTF8.self)) }
            if line.hasPrefix("get") {
                #expect(lines.count == 1 && lines[0].contains("-32700"))
            } else {
                #expect(lines.first == "HTTP/1.1 400 Bad Request")
                #expect(lines.last?.contains("JSON-RPC") == true)
                #expect(!lines.contains { $0.contains("jsonrpc") })
            }
            #expect(server.latch.mostWaiting == 0)
        }
    }
}
