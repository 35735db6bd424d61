internal import CLibCrypto

/// SHA-256 (FIPS 180-4), computed by the system's libcrypto.
package enum SHA256 {
    /// Bytes of a digest.
    package static let byteCount = 32

    // Looked up once: a look-up for each digest costs more than hashing a short text. An `EVP_MD` does not change after it
    // was fetched, may be used by any number of threads, and this one is never freed.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

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
    /// A digest of bytes that come in pieces.
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

        /// The digest of everything that was added; nothing may be added afterwards.
        package func finish() -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
                let finished = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
                precondition(finished == 1, "libcrypto could not hash")
                count = byteCount
            }
        }
    }
}
