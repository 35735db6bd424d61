/// Random bytes for secrets, and the textual form of bytes.
package enum Bytes {
    /// `count` cryptographically secure random bytes from the system's generator.
    package static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in .random(in: .min ... .max, using: &generator) }
    }

    /// `bytes` in lower-case hexadecimal.
    package static func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
        bytes.withContiguousStorageIfAvailable { hexadecimal(of: $0) }
            ?? Array(bytes).withUnsafeBufferPointer { hexadecimal(of: $0) }
    }

    private static let digits: StaticString = "0123456789abcdef"

    private static func hexadecimal(of bytes: UnsafeBufferPointer<UInt8>) -> String {
        let digits = digits.utf8Start
        return String(unsafeUninitializedCapacity: 2 * bytes.count) { buffer in
            for (index, byte) in bytes.enumerated() {
                buffer[2 * index] = digits[Int(byte >> 4)]
                buffer[2 * index + 1] = digits[Int(byte & 15)]
            }
            return 2 * bytes.count
        }
    }

    private static let base64Digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// `bytes` in Base64 with padding (RFC 4648, section 4).
    package static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                let digit = base64Digits[bits >> (18 - 6 * place) & 63]
                text.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
