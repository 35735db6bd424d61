import Foundation
import HTTPFetch
import Testing

@Suite struct HTTPFetcherTests {
    private let server: LoopbackServer

    init() throws {
        server = try LoopbackServer { request in
            let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            let agent = request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("user-agent:") } ?? ""
            switch path {
            case "/hello": return .raw("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 5\r\n\r\nhello")
            case "/agent": return .raw("HTTP/1.1 200 OK\r\nContent-Length: \(agent.utf8.count)\r\n\r\n\(agent)")
            case "/moved": return .raw("HTTP/1.1 302 Found\r\nLocation: /hello\r\nContent-Length: 0\r\n\r\n")
            case "/loop": return .raw("HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n")
            case "/file": return .raw("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")
            case "/short": return .raw("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello")
            case "/large": return .raw("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\nhello")
            case "/endless": return .endless(bytes: 3_000_000)
            case "/silence": return .silence
            case "/garbage": return .raw("\u{1}\u{2}\u{3} no HTTP\r\n\r\n")
            default: return .raw("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")
            }
        }
    }

    private func fetcher(_ adjust: (inout HTTPFetcher.Options) -> Void = { _ in }) -> HTTPFetcher {
        var options = HTTPFetcher.Options()
        options.maximumBytes = 1_000_000
        options.totalTimeout = .seconds(5)
        options.allowsPrivateAddresses = true
        options.userAgent = "frontline-test/1"
        adjust(&options)
        return HTTPFetcher(options: options)
    }

    @Test func downloadsIntoMemory() throws {
        defer { server.stop() }
        let (body, response) = try fetcher().bytes(from: server.address("/hello"))
        #expect(String(decoding: body, as: UTF8.self) == "hello")
        #expect(response.status == 200)
        #expect(response.contentType == "text/xml")
        #expect(response.bytes == 5)
    }

    @Test func sendsItsUserAgent() throws {
        defer { server.stop() }
        let (body, _) = try fetcher().bytes(from: server.address("/agent"))
        #expect(String(decoding: body, as: UTF8.self) == "User-Agent: frontline-test/1")
    }

    @Test func downloadsToAFileAcrossARedirect() throws {
        defer { server.stop() }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("fetch-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let response = try fetcher().download(server.address("/moved"), to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "hello")
        #expect(response.address == server.address("/hello"))
    }

    @Test(arguments: [
        ("/missing", HTTPFetchError.Code.status), ("/loop", .redirect), ("/file", .redirect), ("/short", .transfer),
        ("/large", .tooLarge), ("/endless", .tooLarge), ("/garbage", .transfer),
    ])
    func refusesWithCode(path: String, code: HTTPFetchError.Code) {
        defer { server.stop() }
        let error = #expect(throws: HTTPFetchError.self) { try fetcher().bytes(from: server.address(path)) }
        #expect(error?.code == code, "\(String(describing: error))")
    }

    @Test func givesUpOnASilentServer() {
        defer { server.stop() }
        let started = ContinuousClock.now
        let patient = fetcher { $0.totalTimeout = .milliseconds(300) }
        let error = #expect(throws: HTTPFetchError.self) { try patient.bytes(from: server.address("/silence")) }
        #expect(error?.code == .timeout)
        #expect(ContinuousClock.now - started < .seconds(4))
    }

    @Test func reportsARefusedConnection() {
        server.stop()
        let error = #expect(throws: HTTPFetchError.self) { try fetcher().bytes(from: server.address("/hello")) }
        #expect(error?.code == .connect)
    }

    @Test(arguments: [
        "file:///etc/passwd", "ftp://example.org/x", "gopher://x", "/etc/passwd", "", "http:/x", "http://a b/",
    ])
    func refusesOtherSchemes(address: String) {
        defer { server.stop() }
        let error = #expect(throws: HTTPFetchError.self) { try fetcher().bytes(from: address) }
        #expect(error?.code == .address)
    }

    @Test func hidesCredentialsInErrors() {
        defer { server.stop() }
        let address = "http://user:secret@127.0.0.1:\(server.port)/missing"
        let error = #expect(throws: HTTPFetchError.self) { try fetcher().bytes(from: address) }
        #expect(error?.message.contains("secret") == false)
        #expect(error?.status == 404)
    }

    @Test func refusesAFileItCannotWrite() {
        defer { server.stop() }
        let error = #expect(throws: HTTPFetchError.self) {
            try fetcher().download(server.address("/hello"), to: "/nonexistent/folder/file")
        }
        #expect(error?.code == .file)
    }
}
