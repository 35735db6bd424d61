internal import COpenSSL

/// SHA-1 (FIPS 180-4), computed by the system's libcrypto.
///
/// Only for protocols that prescribe it, such as the handshake of WebSocket, where it proves nothing to anybody: collisions
/// of SHA-1 can be made.
package enum SHA1 {
    /// The length of a digest in bytes.
    package static let byteCount = 20

    /// The digest of the UTF-8 bytes of `text`, ``byteCount`` bytes long.
    package static func digest(of text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { bytes in
            [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
                frontline_start_openssl()
                let hashed = EVP_Digest(bytes.baseAddress, bytes.count, buffer.baseAddress, nil, EVP_sha1(), nil)
                precondition(hashed == 1, "libcrypto has no SHA-1")
                count = byteCount
            }
        }
    }
}
