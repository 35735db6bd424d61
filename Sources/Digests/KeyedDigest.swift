internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104) for one key, computed by the system's libcrypto.
///
/// The key is prepared once, so that a code of a short text costs two blocks of SHA-256 and no memory but its own.
package struct KeyedDigest: Sendable {
    private let prepared: Prepared

    /// Prepares a key of any length.
    package init(key: [UInt8]) { prepared = Prepared(key: key) }

    /// Prepares the UTF-8 bytes of `key`.
    package init(key: String) { self.init(key: Array(key.utf8)) }

    /// The code of the UTF-8 bytes of `text`, ``SHA256/byteCount`` bytes long.
    package func code(of text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { prepared.code(of: $0) }
    }
}

/// A key as libcrypto takes it, shared by the copies of a digest.
private final class Prepared: Sendable {
    private let key: frontline_hmac_sha256_key

    init(key: [UInt8]) { self.key = frontline_hmac_sha256_prepare(key, key.count) }

    func code(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, count in
            withUnsafePointer(to: key) { frontline_hmac_sha256($0, bytes.baseAddress, bytes.count, buffer.baseAddress) }
            count = SHA256.byteCount
        }
    }
}
