/// Random bytes for secrets, and the textual form of bytes.
package enum Bytes {
    /// `count` cryptographically secure random bytes from the system's generator.
    package static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in .random(in: .min ... .max, using: &generator) }
    }

    /// `bytes` in lower-case hexadecimal.
    package static func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
        let digits = "0123456789abcdef".utf8CString
        return String(unsafeUninitializedCapacity: 2 * bytes.count) { buffer in
            var position = 0
            for byte in bytes {
                buffer[position] = UInt8(digits[Int(byte >> 4)])
                buffer[position + 1] = UInt8(digits[Int(byte & 15)])
                position += 2
            }
            return position
        }
    }
}
