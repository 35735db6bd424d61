import Foundation

/// The proxy that the environment names for an address, by the rules of libcurl.
///
/// It is determined here, not by the library, because connections to a proxy and to the address itself are checked
/// differently.
struct ProxyChoice {
    private let environment: [String: String]

    init(environment: [String: String] = ProcessInfo.processInfo.environment) { self.environment = environment }

    /// The proxy, or `nil` for a direct connection.
    func proxy(for address: WebAddress) -> String? {
        guard !isExcepted(address.host) else { return nil }
        // `HTTP_PROXY` in capitals is deliberately ignored, because a header of a CGI request can set it.
        let names = address.scheme == "http" ? ["http_proxy"] : ["https_proxy", "HTTPS_PROXY"]
        return (names + ["all_proxy", "ALL_PROXY"]).lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }

    private func isExcepted(_ host: String) -> Bool {
        guard let list = environment["no_proxy"] ?? environment["NO_PROXY"] else { return false }
        let host = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]."))
        return list.lowercased().split { $0 == "," || $0.isWhitespace }.contains { entry in
            if entry == "*" { return true }
            let name = entry.trimmingCharacters(in: CharacterSet(charactersIn: "[]."))
            return !name.isEmpty && (host == name || host.hasSuffix("." + name))
        }
    }
}
