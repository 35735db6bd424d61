import JSONRPC
import Testing

@Suite struct RPCAddressTests {
    @Test(arguments: [
        ("127.0.0.1:7411", RPCAddress.tcp(host: "127.0.0.1", port: 7_411)),
        ("[::1]:7411", .tcp(host: "::1", port: 7_411)),
        ("localhost:0", .tcp(host: "localhost", port: 0)),
        ("unix:/run/x.sock", .unix(path: "/run/x.sock")),
        ("unix:x:1", .unix(path: "x:1")),
    ])
    func readsAndWritesAddresses(text: String, address: RPCAddress) {
        #expect(RPCAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", ":", "host", "host:", ":80", "host:65536", "host:-1", "host:+1", "host:8 0", "::1:7411", "[::1]", "[]:1",
        "[host]:1", "unix:", "a/b:1", "http://a:1", "host:１",
    ])
    func refusesWhatIsNoAddress(text: String) {
        #expect(RPCAddress(text) == nil)
    }
}
