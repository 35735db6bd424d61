internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104) for one key, computed by the system's libcrypto.
///
/// The key is prepared once, so that a digest of a short text costs two blocks of SHA-256 and no algorithm look-up.
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

/// The owner of a libcrypto context.
///
/// `@unchecked Sendable`: the context is written in `init` and freed in `deinit`; in between it is only copied, which
/// takes a `const` context.
private final class Prepared: @unchecked Sendable {
    private let context: OpaquePointer

    init(key: [UInt8]) {
        guard let context = frontline_hmac_sha256(key, key.count) else {
            preconditionFailure("libcrypto has no HMAC with SHA-256")
        }
        self.context = context
    }

    deinit { EVP_MAC_CTX_free(context) }

    func code(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let copy = EVP_MAC_CTX_dup(context)
        defer { EVP_MAC_CTX_free(copy) }
        return [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, count in
            let made =
                EVP_MAC_update(copy, bytes.baseAddress, bytes.count) == 1
                && EVP_MAC_final(copy, buffer.baseAddress, &count, buffer.count) == 1
            precondition(made && count == SHA256.byteCount, "libcrypto could not compute a code")
        }
    }
}
