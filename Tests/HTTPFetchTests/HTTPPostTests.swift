import Foundation
import HTTPFetch
import Synchronization
import Testing

/// Sending: what arrives, what counts as an answer, and where nothing is sent.
@Suite struct HTTPPostTests {
    private static let body = Array(#"{"a": 1}"#.utf8)

    private static var fetcher: HTTPFetcher {
        var options = HTTPFetcher.Options()
        options.totalTimeout = .seconds(2)
        options.allowsPrivateAddresses = true
        return HTTPFetcher(options: options)
    }

    /// What a server got, and the answer or the error.
    private static func post(
        _ answer: LoopbackServer.Answer
    ) throws -> (request: String, result: Result<HTTPPostAnswer, HTTPFetchError>) {
        let got = Mutex("")
        let server = try LoopbackServer { request in
            got.withLock { $0 = request }
            return answer
        }
        defer { server.stop() }
        let result = Result { () throws(HTTPFetchError) in
            try fetcher.post(body, headers: ["X-Own: 7"], to: server.address("/in?x=1"))
        }
        return (got.withLock { $0 }, result)
    }

    @Test func `body and headers arrive as they are`() throws {
        let (request, result) = try Self.post(.raw("HTTP/1.1 204 No Content\r\n\r\n"))
        #expect(request.hasPrefix("POST /in?x=1 HTTP/1.1\r\n") && request.hasSuffix("\r\n\r\n" + #"{"a": 1}"#))
        #expect(request.contains("X-Own: 7\r\n") && request.contains("Content-Length: 8\r\n"))
        #expect(!request.lowercased().contains("expect:"))
        #expect(try result.get() == HTTPPostAnswer(status: 204, retryAfter: nil))
    }

    @Test(
        arguments: [
            ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 302, nil),
            ("HTTP/1.1 503 Busy\r\nRetry-After:  120 \r\nContent-Length: 0\r\n\r\n", 503, "120"),
            ("HTTP/1.1 100 Continue\r\nRetry-After: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, nil),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx", 200, nil),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense", 200, nil),
            ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd", 200, nil),
        ] as [(String, Int, String?)]
    )
    func `the head is the answer`(answer: String, status: Int, retryAfter: String?) throws {
        #expect(try Self.post(.raw(answer)).result.get() == HTTPPostAnswer(status: status, retryAfter: retryAfter))
    }

    @Test func `a body without an end is not read`() throws {
        #expect(try Self.post(.endless(bytes: 8 << 20)).result.get().status == 200)
    }

    // MARK: Exchanges

    private static func exchange(
        _ answer: LoopbackServer.Answer,
        most: Int = 100
    ) throws -> Result<(status: Int, body: [UInt8]), HTTPFetchError> {
        let server = try LoopbackServer { _ in answer }
        defer { server.stop() }
        var options = fetcher.options
        options.maximumBytes = most
        return Result { () throws(HTTPFetchError) in
            try HTTPFetcher(options: options).exchange(body, headers: ["X-Own: 7"], with: server.address("/in"))
        }
    }

    @Test(arguments: [200, 400, 503])
    func `the whole answer of an exchange is read, whatever its status is`(status: Int) throws {
        let answer = "HTTP/1.1 \(status) Said\r\nContent-Length: 5\r\n\r\nhello"
        let result = try Self.exchange(.raw(answer)).get()
        #expect(result.status == status && result.body == Array("hello".utf8))
    }

    @Test func `an exchange follows no redirect and reads no more than it may`() throws {
        let redirect = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        #expect(try Self.exchange(.raw(redirect)).get().status == 302)
        for answer in [
            LoopbackServer.Answer.endless(bytes: 8 << 20), .raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"),
        ] {
            #expect(throws: HTTPFetchError.self) { try Self.exchange(answer).get() }
        }
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nA: b", "hello\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
    ])
    func `without a complete head there is no answer`(answer: String) throws {
        #expect(throws: HTTPFetchError.self) { try Self.post(.raw(answer)).result.get() }
    }

    @Test func `a receiver that is silent is given up`() throws {
        let error = #expect(throws: HTTPFetchError.self) { try Self.post(.silence).result.get() }
        #expect(error?.code == .timeout)
    }

    @Test func `a transfer ends when it is cancelled`() throws {
        let server = try LoopbackServer { _ in .silence }
        defer { server.stop() }
        var options = HTTPFetcher.Options()
        options.allowsPrivateAddresses = true
        let looks = HopCounter()
        let error = #expect(throws: HTTPFetchError.self) {
            try HTTPFetcher(options: options).post(Self.body, headers: [], to: server.address("/")) {
                looks.next() > 2
            }
        }
        #expect(error?.code == .cancelled)
    }

    @Test(arguments: [
        "127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]",
    ])
    func `nothing is sent to this machine unless that is allowed`(host: String) throws {
        let asked = Mutex(false)
        let server = try LoopbackServer { _ in
            asked.withLock { $0 = true }
            return .raw("HTTP/1.1 200 OK\r\n\r\n")
        }
        defer { server.stop() }
        let error = #expect(throws: HTTPFetchError.self) {
            try HTTPFetcher().post(Self.body, headers: [], to: "http://\(host):\(server.port)/x")
        }
        #expect(error?.code == .forbidden && !asked.withLock { $0 })
    }

    @Test func `a name that is public at one look and private at the next is refused by its address`() throws {
        let server = try LoopbackServer { _ in .raw("HTTP/1.1 200 OK\r\n\r\n") }
        defer { server.stop() }
        let looks = HopCounter()
        var options = HTTPFetcher.Options()
        // The address that is connected to is asked about, each time, whatever the name resolved to before.
        options.admits = { _ in looks.next() == 1 }
        let fetcher = HTTPFetcher(options: options)
        #expect(try fetcher.post(Self.body, headers: [], to: "http://localhost:\(server.port)/").status == 200)
        let error = #expect(throws: HTTPFetchError.self) {
            try fetcher.post(Self.body, headers: [], to: "http://localhost:\(server.port)/")
        }
        #expect(error?.code == .forbidden)
    }

    @Test(
        arguments: [
            ("https://crm.example.com/x", true, false, false), ("http://crm.example.com", false, false, false),
            ("https://me@crm.example.com", true, true, false), ("https://127.1/", true, false, true),
            ("https://169.254.169.254/", true, false, true), ("https://[fd00:ec2::254]/", true, false, true),
            ("https://LOCALHOST:1/", true, false, true), ("https://nas.local/", true, false, true),
        ] as [(String, Bool, Bool, Bool)]
    )
    func `an address tells what it is`(text: String, isEncrypted: Bool, hasCredentials: Bool, isPrivate: Bool) throws {
        let target = try #require(HTTPTarget(text))
        #expect(
            target.isEncrypted == isEncrypted && target.hasCredentials == hasCredentials
                && target.isPrivate == isPrivate
        )
    }

    @Test(arguments: ["", "ftp://a", "https://", "https://a b", "file:///etc/passwd", "https://a\u{7F}", "gopher://x"])
    func `what is no address is none`(text: String) { #expect(HTTPTarget(text) == nil) }
}
