import ArgumentParser
import Foundation
import FrontlineClient
import FrontlineProtocol
import JSONRPC
import Vocabulary

/// The server that a command talks to.
struct ConnectionOptions: ParsableArguments {
    @Option(help: "The server, as HOST:PORT or unix:PATH; else FRONTLINE_CONNECT.")
    var connect: String?

    @Option(help: "The token; else FRONTLINE_TOKEN.")
    var token: String?

    @Flag(help: "Speak TLS.")
    var tls = false

    @Option(help: "PEM file with the authorities to trust, instead of the system's.", completion: .file())
    var ca: String?

    /// The server to talk to, if any was named.
    var address: String? { connect ?? Self.environment("FRONTLINE_CONNECT") }

    /// Whether a command that can also work on a data folder itself talks to a server: a folder or store on the
    /// command line goes before a server in the environment, and both on the command line contradict each other.
    func isWanted(unless data: DataOptions) throws -> Bool {
        if data.given != nil {
            guard connect == nil else {
                throw ValidationError(
                    "\(data.givenFolder == nil ? "--store" : "--data") and --connect exclude each other"
                )
            }
            return false
        }
        return address != nil
    }

    /// Connects, to the fallback when no address was named, and authenticates where there is a token.
    func open(fallback: String = "127.0.0.1:7411") async throws -> FrontlineClient {
        try await opener(fallback: fallback)()
    }

    /// What connects and authenticates each time it is called.
    ///
    /// - Throws: `ValidationError` for an address that is none.
    func opener(fallback: String = "127.0.0.1:7411") throws -> @Sendable () async throws -> FrontlineClient {
        let text = address ?? fallback
        guard let address = RPCAddress(text) else {
            throw ValidationError("“\(text)” is not a server; expected HOST:PORT, [IPv6]:PORT or unix:PATH")
        }
        let security: Destination.Security = tls || ca != nil ? .tls(authorities: ca) : .plain
        let token = token ?? Self.environment("FRONTLINE_TOKEN")
        return {
            let client = try await FrontlineClient.connect(to: Destination(address, security: security))
            if let token {
                _ = try await client.call(SessionAuthenticate.self, .init(token: token, client: ProductText.version))
            }
            return client
        }
    }

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
