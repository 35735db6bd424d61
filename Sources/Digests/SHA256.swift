internal import COpenSSL

/// SHA-256 (FIPS 180-4), computed by the system's libcrypto.
package enum SHA256 {
    /// The length of a digest in bytes.
    package static let byteCount = 32

    // Looked up once, because a look-up costs more than hashing a short text. `nonisolated(unsafe)` is safe: an
    // `EVP_MD` is immutable after it is fetched, may be used from any thread, and this one is never freed.
    nonisolated(unsafe) private static let algorithm: OpaquePointer? = {
        frontline_start_openssl()
        return EVP_MD_fetch(nil, "SHA256", nil)
    }()

    /// The digest of `bytes`, ``byteCount`` bytes long.
    package static func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let hashed = EVP_Digest(bytes.baseAddress, bytes.count, buffer.baseAddress, nil, algorithm, nil)
            precondition(hashed == 1, "libcrypto has no SHA-256")
            count = byteCount
        }
    }

    /// The digest of `bytes`.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { digest(of: $0) }
    }

    /// The digest of the UTF-8 bytes of `text`.
    package static func digest(of text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { digest(of: UnsafeRawBufferPointer($0)) }
    }
}

extension SHA256 {
    /// An incremental digest.
    package final class Stream {
        private let context: OpaquePointer

        package init() {
            guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, SHA256.algorithm, nil) == 1 else {
                preconditionFailure("libcrypto has no SHA-256")
            }
            self.context = context
        }

        deinit { EVP_MD_CTX_free(context) }

        /// Adds the next piece.
        package func add(_ bytes: UnsafeRawBufferPointer) {
            let added = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
            precondition(added == 1, "libcrypto could not hash")
        }

        /// Returns the digest of all pieces; no more may be added afterwards.
        package func finish() -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
                let finished = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
                precondition(finished == 1, "libcrypto could not hash")
                count = byteCount
            }
        }
    }
}
