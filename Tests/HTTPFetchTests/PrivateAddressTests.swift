import Foundation
import HTTPFetch
import Synchronization
import Testing

@Suite struct PrivateAddressTests {
    private static func answer(_ request: String) -> LoopbackServer.Answer {
        let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let authorization = request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("authorization:") }
        let text = authorization.map(String.init) ?? "none"
        switch path {
        case "/inside":
            return .raw("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:1/\r\nContent-Length: 3\r\n\r\nsee")
        case "/name": return .raw("HTTP/1.1 302 Found\r\nLocation: http://localhost:1/\r\nContent-Length: 0\r\n\r\n")
        case "/here": return .raw("HTTP/1.1 302 Found\r\nLocation: /who\r\nContent-Length: 3\r\n\r\nsee")
        default: return .raw("HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
        }
    }

    /// Options that allow only 127.0.0.1, as if it were public.
    private static var options: HTTPFetcher.Options {
        var options = HTTPFetcher.Options()
        options.totalTimeout = .seconds(5)
        options.admits = { $0 == NetworkAddress(text: "127.0.0.1") }
        return options
    }

    @Test(arguments: [
        "127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]",
    ])
    func addressesOfThisMachineAreRefused(host: String) throws {
        let server = try LoopbackServer(Self.answer)
        defer { server.stop() }
        let error = #expect(throws: HTTPFetchError.self) {
            try HTTPFetcher().bytes(from: "http://\(host):\(server.port)/x")
        }
        #expect(error?.code == .forbidden, "\(String(describing: error))")
    }

    @Test(arguments: ["/inside", "/name"])
    func aRedirectCannotReachAPrivateAddress(path: String) throws {
        let server = try LoopbackServer(Self.answer)
        defer { server.stop() }
        var options = Self.options
        if path == "/name" {
            // The name resolves to the same address, which is checked again.
            let hops = HopCounter()
            options.admits = { _ in hops.next() == 1 }
        }
        let error = #expect(throws: HTTPFetchError.self) {
            try HTTPFetcher(options: options).bytes(from: server.address(path))
        }
        #expect(error?.code == .forbidden, "\(String(describing: error))")
    }

    @Test func credentialsFollowARedirectOnlyToTheSameServer() throws {
        let server = try LoopbackServer(Self.answer)
        defer { server.stop() }
        let other = try LoopbackServer { request in
            request.hasPrefix("GET /away ")
                ? .raw("HTTP/1.1 302 Found\r\nLocation: \(server.address("/who"))\r\nContent-Length: 0\r\n\r\n")
                : Self.answer(request)
        }
        defer { other.stop() }
        let fetcher = HTTPFetcher(options: Self.options)
        let same = try fetcher.bytes(from: "http://user:pw@127.0.0.1:\(server.port)/here")
        #expect(String(decoding: same.body, as: UTF8.self).contains("Basic"))
        #expect(!same.response.address.contains("pw"))
        let away = try fetcher.bytes(from: "http://user:pw@127.0.0.1:\(other.port)/away")
        #expect(String(decoding: away.body, as: UTF8.self) == "none")
    }

    @Test(arguments: [
        "10.0.0.1", "100.64.0.1", "127.255.0.1", "169.254.169.254", "172.31.255.255", "192.168.0.1", "198.19.0.1",
        "224.0.0.1", "255.255.255.255", "0.0.0.0", "192.0.2.1", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "2001::1", "fec0::1", "100::1",
    ])
    func isPrivate(address: String) {
        #expect(NetworkAddress(text: address)?.isPublic == false)
    }

    @Test(arguments: [
        "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111", "64:ff9b::101:101", "2002:101:101::",
        "::ffff:1.1.1.1", "2a00::1",
    ])
    func isPublic(address: String) {
        #expect(NetworkAddress(text: address)?.isPublic == true)
    }

    @Test(arguments: [
        ("https://user:pass@host/feed.xml?page=2&api_key=abc#x", "https://host/feed.xml?page=2&api_key=…"),
        ("http://a@b@host:80?token=t&x", "http://host:80?token=…&x"), ("plain@text", "plain@text"),
        ("https://host/p@th", "https://host/p@th"), ("https://host/?Signature=a&v=1", "https://host/?Signature=…&v=1"),
    ])
    func secretsAreRemovedFromAddresses(address: String, shown: String) {
        #expect(HTTPFetcher.withoutSecrets(address) == shown)
    }
}

/// Counts calls from any thread.
final class HopCounter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
