package import NIOHTTP1

/// The proof of identity that a request of HTTP brings.
package enum WebCredential: Sendable, Hashable {
    /// The token in `Authorization: Bearer`.
    case token(String)
    /// The secret of a browser's session, from its cookie.
    case session(String)
}

/// Reads the cookies of a request (RFC 6265, section 4.2).
///
/// The names begin with `__Host-`: a browser takes such a cookie only from this host itself, over TLS or from this machine, so that
/// neither a neighbouring host nor somebody on the network can put one in its place.
package enum WebCookies {
    /// The cookie of a session.
    package static let session = "__Host-frontline"
    /// The cookie that binds a sign-in to the browser that began it.
    package static let signIn = "__Host-frontline-sign-in"

    private static let maximumValue = 200

    /// The value of a cookie; nil where there is none, where it is there twice, and for a value that this server would not give.
    package static func value(of name: String, in headers: HTTPHeaders) -> String? {
        var found: Substring?
        for header in headers["cookie"] {
            for part in header.split(separator: ";") {
                let pair = part.drop { $0 == " " }
                guard pair.hasPrefix(name + "=") else { continue }
                guard found == nil else { return nil }
                found = pair.dropFirst(name.count + 1)
            }
        }
        guard let found, !found.isEmpty, found.utf8.count <= maximumValue, found.utf8.allSatisfy(isPlain) else {
            return nil
        }
        return String(found)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The header that sets a cookie.
    ///
    /// - Parameters:
    ///   - name: one of the names.
    ///   - value: the value; empty to remove it.
    ///   - isLax: whether the browser sends it along when another site leads here; otherwise only what comes from pages of this one.
    ///   - seconds: for how long the browser keeps it; nil for as long as it is open.
    /// - Returns: the header.
    package static func header(
        _ name: String,
        _ value: String,
        isLax: Bool = false,
        seconds: Int? = nil
    ) -> (name: String, value: String) {
        let age = value.isEmpty ? "; Max-Age=0" : seconds.map { "; Max-Age=\($0)" } ?? ""
        return ("Set-Cookie", "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=\(isLax ? "Lax" : "Strict")\(age)")
    }
}
