internal import Crypto
import Foundation

/// The one form in which content hashes are stored and sent: SHA-256 in lower-case hexadecimal.
package enum ContentHash {
    /// SHA-256 of the UTF-8 bytes of `text`.
    package static func sha256(_ text: String) -> String {
        var text = text
        return text.withUTF8 { hexadecimal(SHA256.hash(data: UnsafeRawBufferPointer($0))) }
    }

    /// SHA-256 of `bytes`.
    package static func sha256(_ bytes: [UInt8]) -> String {
        hexadecimal(SHA256.hash(data: bytes))
    }

    /// SHA-256 of the bytes of a file, which is read in pieces; `nil` when it cannot be read.
    package static func sha256(ofFile path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        var hash = SHA256()
        do {
            while let piece = try file.read(upToCount: 1 << 18), !piece.isEmpty { hash.update(data: piece) }
        } catch {
            return nil
        }
        return hexadecimal(hash.finalize())
    }

    private static func hexadecimal(_ digest: SHA256Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: 2 * SHA256Digest.byteCount) { buffer in
            var position = 0
            for byte in digest {
                buffer[position] = digits[Int(byte >> 4)]
                buffer[position + 1] = digits[Int(byte & 15)]
                position += 2
            }
            return position
        }
    }
}
