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
}
