import CLibCurl

/// An http or https address, parsed by the same library that will request it, so that both agree on the host.
struct WebAddress {
    /// `http` or `https`.
    let scheme: String
    let host: String
    let port: String
    /// The user name in the address, and the password, if any.
    let user: String?
    let password: String?
    /// The address without user name and password.
    let bare: String

    /// Reads an address; `nil` for one that is malformed or of another scheme.
    init?(_ text: String) {
        guard let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK else { return nil }
        let part = { (part: CURLUPart, flags: UInt32) -> String? in
            var value: UnsafeMutablePointer<CChar>?
            guard curl_url_get(handle, part, &value, flags) == CURLUE_OK, let value else { return nil }
            defer { curl_free(value) }
            return String(cString: value)
        }
        guard let scheme = part(CURLUPART_SCHEME, 0)?.lowercased(), scheme == "http" || scheme == "https",
            let host = part(CURLUPART_HOST, 0), let port = part(CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT))
        else { return nil }
        self.scheme = scheme
        self.host = host
        self.port = port
        user = part(CURLUPART_USER, UInt32(CURLU_URLDECODE))
        password = part(CURLUPART_PASSWORD, UInt32(CURLU_URLDECODE))
        curl_url_set(handle, CURLUPART_USER, nil, 0)
        curl_url_set(handle, CURLUPART_PASSWORD, nil, 0)
        curl_url_set(handle, CURLUPART_OPTIONS, nil, 0)
        guard let bare = part(CURLUPART_URL, 0) else { return nil }
        self.bare = bare
    }

    /// Whether another address has the same scheme, host and port, so that credentials may be sent to it.
    func hasOrigin(of other: WebAddress) -> Bool {
        scheme == other.scheme && host.lowercased() == other.host.lowercased() && port == other.port
    }
}

extension HTTPFetcher {
    /// Removes credentials from a text if it is an address: user name, password, and the values of parameters whose
    /// names suggest secrets.
    package static func withoutSecrets(_ text: String) -> String {
        guard let scheme = text.firstRange(of: "://") else { return text }
        var rest = text[scheme.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        if let at = rest[..<end].lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        var result = String(text[..<scheme.upperBound] + rest)
        guard let question = result.firstIndex(of: "?") else { return result }
        let parameters = result[result.index(after: question)...].split(
            separator: "&",
            omittingEmptySubsequences: false
        )
        result = result[...question] + parameters.map(masked).joined(separator: "&")
        return result
    }

    private static func masked(_ parameter: Substring) -> String {
        guard let equals = parameter.firstIndex(of: "=") else { return String(parameter) }
        let name = parameter[..<equals].lowercased()
        guard secretNames.contains(where: name.contains) else { return String(parameter) }
        return parameter[...equals] + "…"
    }

    private static let secretNames = [
        "token", "key", "secret", "pass", "pwd", "auth", "sig", "credential", "session", "jwt", "code",
    ]
}
