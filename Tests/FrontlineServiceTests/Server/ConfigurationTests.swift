import Foundation
import FrontlineService
import ModelSupply
import Testing

@Suite struct ConfigurationTests {
    private func file(_ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("frontline-\(UUID().uuidString).yaml")
            .path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func read(
        _ arguments: [ServerOption: [String]] = [:],
        _ environment: [String: String] = [:],
        _ text: String? = nil
    ) async throws -> FrontlineConfiguration {
        let path = try text.map(file)
        defer { if let path { try? FileManager.default.removeItem(atPath: path) } }
        return try await FrontlineConfiguration(arguments: arguments, environment: environment, file: path)
    }

    @Test func `without options it listens on the loopback address`() async throws {
        let configuration = try await read()
        #expect(configuration.listen == ["127.0.0.1:7411"] && configuration.dataFolder == ".frontline")
    }

    @Test func `the command line takes precedence over the environment, and that over the file`() async throws {
        let text = "idle-timeout: 1\nline-limit: 2000\nmaximum-connections: 3\nlisten: [127.0.0.1:1, 127.0.0.1:2]\n"
        let environment = ["FRONTLINE_IDLE_TIMEOUT": "20", "FRONTLINE_LINE_LIMIT": "20000"]
        let configuration = try await read([.idleTimeout: ["300"]], environment, text)
        #expect(configuration.idleTimeout == 300)
        #expect(configuration.lineLimit == 20_000)
        #expect(configuration.maximumConnections == 3)
        #expect(configuration.listen == ["127.0.0.1:1", "127.0.0.1:2"])
    }

    @Test(arguments: ["", "# nothing yet\n", "{}"])
    func `an empty file sets no option`(text: String) async throws {
        #expect(try await read([:], [:], text).listen == ["127.0.0.1:7411"])
    }

    @Test func `a list in the environment is separated by commas`() async throws {
        let configuration = try await read([:], ["FRONTLINE_LISTEN": "127.0.0.1:1,127.0.0.1:2"])
        #expect(configuration.listen == ["127.0.0.1:1", "127.0.0.1:2"])
    }

    @Test(arguments: [
        "lissten: a", "idle-timeout: soon", "idle-timeout: -1", "idle-timeout: [1]", "stdio: perhaps", "- a",
        "log-format: xml",
        "tls-key: k.pem",
    ])
    func `an unknown key and a value of the wrong type are refused`(text: String) async {
        await #expect(throws: ConfigurationError.self) { try await read([:], [:], text) }
    }

    @Test func `the secret of a client is in the environment or in a file, and in neither place twice`() async throws {
        let issuer: [ServerOption: [String]] = [
            .oidcIssuer: ["https://id.example.com"], .oidcClientID: ["frontline"],
        ]
        let open = try await read(issuer)
        #expect(open.signIn.issuer?.client == "frontline" && open.signIn.issuer?.secret == nil)
        let environment = ["FRONTLINE_OIDC_CLIENT_SECRET": "s1"]
        #expect(try await read(issuer, environment).signIn.issuer?.secret == "s1")
        let path = try file("s2\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        var named = issuer
        named[.oidcClientSecretFile] = [path]
        #expect(try await read(named).signIn.issuer?.secret == "s2")
        await #expect(throws: ConfigurationError.self) { try await read(named, environment) }
        named[.oidcClientSecretFile] = ["/nothing"]
        await #expect(throws: ConfigurationError.self) { try await read(named) }
    }

    @Test(
        arguments: [
            ([.oidcIssuer: "https://id.example.com"], "oidc-issuer"), ([.oidcClientID: "frontline"], "oidc-client-id"),
            ([.oidcIssuer: "http://id.example.com", .oidcClientID: "f"], "oidc-issuer"),
            ([.oidcIssuer: "https://id.example.com?a=b", .oidcClientID: "f"], "oidc-issuer"),
            ([.oidcIssuer: "https://u:p@id.example.com", .oidcClientID: "f"], "oidc-issuer"),
            ([.oidcIssuer: "https://id.example.com", .oidcClientID: "f", .web: "0.0.0.0:1"], "web-url"),
            ([.oidcIssuer: "https://id.example.com", .oidcClientID: "f", .web: "192.0.2.1:1"], "web-url"),
            ([.oidcIssuer: "https://id.example.com", .oidcClientID: "f", .oidcAuthorities: "/nothing"], "oidc-ca"),
            ([.webURL: "https://desk.example.com/path"], "web-url"), ([.webURL: "http://desk.example.com"], "web-url"),
            ([.webURL: "desk.example.com"], "web-url"),
        ] as [([ServerOption: String], String)]
    )
    func `options of sign-in that do not fit together are refused by name`(
        options: [ServerOption: String],
        place: String
    ) async {
        let values = options.mapValues { [$0] }
        let error = await #expect(throws: ConfigurationError.self) { try await read(values) }
        #expect(error?.place == place)
    }

    @Test(
        arguments: [
            ([.web: "127.0.0.1:7412"], "http://127.0.0.1:7412"), ([.web: "0.0.0.0:7412"], nil), ([:], nil),
            ([.web: "0.0.0.0:7412", .webURL: "https://desk.example.com/"], "https://desk.example.com"),
        ] as [([ServerOption: String], String?)]
    )
    func `where browsers reach the server follows from its address or is said`(
        options: [ServerOption: String],
        address: String?
    ) async throws {
        let configuration = try await read(options.mapValues { [$0] })
        #expect(configuration.signIn.publicAddress == address)
    }

    @Test(arguments: ["0.0.0.0:1", "192.0.2.1:1", "[::]:1", "example.org:1", "127.evil.example:1"])
    func `without authentication an address reachable from other machines is refused`(address: String) async {
        await #expect(throws: ConfigurationError.self) {
            try await read([.listen: [address], .noAuthentication: ["true"]])
        }
    }

    @Test(arguments: ["127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "localhost:1"])
    func `without authentication a loopback address is accepted`(address: String) async throws {
        #expect(try await read([.listen: [address], .noAuthentication: ["true"]]).noAuthentication)
    }

    @Test func `admins without a token may be restricted to the Unix socket`() async throws {
        let given: [ServerOption: [String]] = [
            .listen: ["0.0.0.0:1"], .socket: ["/tmp/s"], .noAuthentication: ["true"],
            .noAuthenticationScope: ["socket"],
        ]
        let configuration = try await read(given)
        #expect(!configuration.warnings.contains { $0.contains("admin") })
        #expect(configuration.warnings.contains { $0.contains("0.0.0.0:1") && $0.contains("in clear") })
    }

    @Test func `a warning at start says who is an admin without a token`() async throws {
        let configuration = try await read([.noAuthentication: ["true"]], [:], "no-auth-scope: loopback")
        #expect(configuration.warnings.contains { $0.contains("127.0.0.1:7411") && $0.contains("no-auth-scope") })
        #expect(try await read().warnings.isEmpty)
    }

    @Test func `plain TCP reachable from other machines gives a warning, and TLS does not`() async throws {
        let listen: [ServerOption: [String]] = [.listen: ["127.0.0.1:1", "192.0.2.1:2"]]
        #expect(try await read(listen).warnings.map { $0.contains("192.0.2.1:2") } == [true])
        let certificate = "tls-certificate: c.pem\ntls-key: k.pem"
        #expect(try await read(listen, [:], certificate).warnings.isEmpty)
    }

    @Test func `the encoder is named on the command line, in the environment or in the file`() async throws {
        let standard = try await read()
        #expect(standard.encoder == .automatic && standard.encoderThreads >= 1 && standard.modelFolders.isEmpty)
        let environment = [
            "FRONTLINE_ENCODER": "bge-small", "FRONTLINE_ENCODER_THREADS": "3", "FRONTLINE_MODELS": "/a:/b",
        ]
        let named = try await read([:], environment, "encoder: off")
        #expect(named.encoder == .name("bge-small") && named.encoderThreads == 3)
        #expect(named.modelFolders == ["/a", "/b"])
        #expect(try await read([.encoder: ["./models/x"]], environment).encoder == .path("./models/x"))
        let file = try await read([:], [:], "encoder: off\nencoder-threads: 2")
        #expect(file.encoder == .off && file.encoderThreads == 2)
    }

    @Test(arguments: ["0", "-1", "many", "100000"])
    func `a number of threads that makes no sense is refused`(text: String) async {
        await #expect(throws: ConfigurationError.self) { try await read([.encoderThreads: [text]]) }
    }

    @Test(arguments: [
        (["none"], 0), (["10.0.0.0/8", "2001:db8::/32"], 2), ([], 2),
    ]) func `shared addresses are given individually, by network, or not at all`(
        texts: [String],
        count: Int
    ) async throws {
        let given: [ServerOption: [String]] = texts.isEmpty ? [:] : [.sharedAddresses: texts]
        #expect(try await read(given).sharedAddresses.count == count)
    }

    @Test(arguments: ["10.0.0.0/33", "proxy.example", "10.0.0"])
    func `an invalid address is refused`(text: String) async {
        await #expect(throws: ConfigurationError.self) { try await read([.sharedAddresses: [text]]) }
    }

    @Test func `the web server is off unless an address is given`() async throws {
        #expect(try await read().web == nil)
        let environment = ["FRONTLINE_WEB": "127.0.0.1:7412", "FRONTLINE_WEB_HOSTS": "a.example,b.example:8443"]
        let configuration = try await read([:], environment, "web-origins: [https://a.example]")
        #expect(configuration.web == "127.0.0.1:7412" && configuration.listen == ["127.0.0.1:7411"])
        #expect(configuration.webHosts == ["a.example", "b.example:8443"])
        #expect(configuration.webOrigins == ["https://a.example"])
    }

    @Test(arguments: [
        "web-origins: [\"https://a.example/\"]", "web-origins: \"*\"", "web-origins: \"null\"",
        "web-hosts: a.example/x",
        "web-hosts: \"*\"", "no-auth: true\nweb: 0.0.0.0:7412",
    ])
    func `hosts and origins that are none, and a web server open to everybody, are refused`(text: String) async {
        await #expect(throws: ConfigurationError.self) { try await read([:], [:], text) }
    }

    @Test func `a web server in clear that other machines can reach gives a warning`() async throws {
        #expect(try await read([.web: ["0.0.0.0:7412"]]).warnings.contains { $0.contains("0.0.0.0:7412") })
    }
}
