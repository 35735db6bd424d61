import Foundation

/// The address of a resource: an article in a language, or a script.
///
/// The parts of the path are percent-encoded, so that any id can stand in an address, and an id cannot be taken for a longer path.
package enum ContextAddress: Sendable, Hashable {
    /// An article.
    case article(id: String, locale: String)
    /// The source of a script, in the version in force for the caller.
    case script(id: String)

    private static let scheme = "frontline://"
    /// More than the longest id takes when all of it is encoded.
    private static let longest = 2_000
    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )

    /// Reads an address; nil for anything that ``text`` does not write.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.longest, text.hasPrefix(Self.scheme) else { return nil }
        let parts = text.dropFirst(Self.scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        let values = parts.map { String($0).removingPercentEncoding ?? "" }
        guard !values.contains("") else { return nil }
        switch (values.first, values.count) {
        case ("articles", 3): self = .article(id: values[2], locale: values[1])
        case ("scripts", 2): self = .script(id: values[1])
        default: return nil
        }
        // One resource has one address.
        guard self.text == text else { return nil }
    }

    /// The address as clients name it.
    package var text: String {
        switch self {
        case .article(let id, let locale): "\(Self.scheme)articles/\(Self.encoded(locale))/\(Self.encoded(id))"
        case .script(let id): "\(Self.scheme)scripts/\(Self.encoded(id))"
        }
    }

    private static func encoded(_ part: String) -> String {
        part.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    /// The templates of all addresses (RFC 6570).
    package static let templates = (
        article: scheme + "articles/{locale}/{article_id}", script: scheme + "scripts/{script_id}"
    )
}
