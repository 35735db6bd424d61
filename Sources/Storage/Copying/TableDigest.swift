internal import Digests

/// How many rows a table has, and a hash of them that does not depend on their order.
///
/// Each row is written in a form that every database gives alike and hashed by SHA-256; the hashes are added up as four words of 64
/// bits, each without its carry. So rows that are exchanged, doubled or lost show, which they would not all with an exclusive
/// or. It finds what went wrong, not what somebody forged on purpose: a sum can be made to fit.
///
/// Source: M. Bellare and D. Micciancio, “A New Paradigm for Collision-Free Hashing: Incrementality at Reduced Cost”, 1997.
package struct TableDigest: Sendable, Hashable {
    /// How many rows were added.
    package private(set) var rows: Int64 = 0
    private var sum = SIMD4<UInt64>()
    /// The form of the row that is being added; kept for its memory.
    private var form: [UInt8] = []

    package init() {}

    package static func == (left: TableDigest, right: TableDigest) -> Bool {
        left.rows == right.rows && left.sum == right.sum
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(rows)
        hasher.combine(sum)
    }

    /// The hash in hexadecimal digits.
    package var text: String {
        var bytes: [UInt8] = []
        for index in 0..<4 { withUnsafeBytes(of: sum[index].bigEndian) { bytes += $0 } }
        return Bytes.hexadecimal(bytes)
    }

    /// Adds a row.
    package mutating func add(_ row: UnsafeBufferPointer<SQLCell>) {
        form.removeAll(keepingCapacity: true)
        for cell in row { append(cell) }
        let hash = SHA256.digest(of: form)
        hash.withUnsafeBytes { bytes in
            for index in 0..<4 {
                sum[index] &+= UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
            }
        }
        rows += 1
    }

    /// A letter for the type, then the value: numbers in eight bytes, the rest after its length.
    private mutating func append(_ cell: SQLCell) {
        switch cell {
        case .null: form.append(UInt8(ascii: "n"))
        case .integer(let integer): append("i", UInt64(bitPattern: integer))
        // SQLite has one zero.
        case .real(let number): append("r", (number == 0 ? 0 : number).bitPattern)
        case .text(let text):
            append("t", UInt64(text.count))
            form.append(contentsOf: text)
        case .bytes(let bytes):
            append("b", UInt64(bytes.count))
            form.append(contentsOf: bytes)
        }
    }

    private mutating func append(_ letter: Unicode.Scalar, _ number: UInt64) {
        form.append(UInt8(ascii: letter))
        withUnsafeBytes(of: number.bigEndian) { form.append(contentsOf: $0) }
    }
}
