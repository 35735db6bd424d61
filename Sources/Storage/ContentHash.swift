internal import Digests

/// The one form in which content hashes are stored and sent: SHA-256 in lower-case hexadecimal.
package enum ContentHash {
    /// SHA-256 of the UTF-8 bytes of `text`.
    package static func sha256(_ text: String) -> String { Bytes.hexadecimal(SHA256.digest(of: text)) }

    /// SHA-256 of `bytes`.
    package static func sha256(_ bytes: [UInt8]) -> String { Bytes.hexadecimal(SHA256.digest(of: bytes)) }
}
