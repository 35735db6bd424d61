internal import Digests
import Foundation

/// The one form in which content hashes are stored and sent: SHA-256 in lower-case hexadecimal.
package enum ContentHash {
    /// SHA-256 of the UTF-8 bytes of `text`.
    package static func sha256(_ text: String) -> String { Bytes.hexadecimal(SHA256.digest(of: text)) }

    /// SHA-256 of `bytes`.
    package static func sha256(_ bytes: [UInt8]) -> String { Bytes.hexadecimal(SHA256.digest(of: bytes)) }

    /// SHA-256 of the bytes of a file, which is read in pieces; `nil` when it cannot be read.
    package static func sha256(ofFile path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        let hash = SHA256.Stream()
        do {
            while let piece = try file.read(upToCount: 1 << 18), !piece.isEmpty {
                piece.withUnsafeBytes { hash.add($0) }
            }
        } catch {
            return nil
        }
        return Bytes.hexadecimal(hash.finish())
    }
}
