internal import CLibPQ
internal import Storage

/// The values of an answer, which is asked for in binary form: integers cost a load, bytes nothing.
///
/// Source of the forms: the `send` functions of `src/backend/utils/adt` in PostgreSQL.
enum PostgresCells {
    /// Numbers of types in `pg_type.dat`, which never change.
    enum TypeNumber {
        static let bool: Oid = 16
        static let bytes: Oid = 17
        static let int64: Oid = 20
        static let int16: Oid = 21
        static let int32: Oid = 23
        static let text: Oid = 25
        static let float: Oid = 700
        static let double: Oid = 701
        static let numeric: Oid = 1700
    }

    /// The value of a column in a row of a result; valid until the result is cleared.
    static func cell(_ result: OpaquePointer, row: Int32, column: Int32, type: Oid) -> SQLCell {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
        switch type {
        case TypeNumber.bool: return .integer(bytes[0] == 0 ? 0 : 1)
        case TypeNumber.int16: return .integer(Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))))
        case TypeNumber.int32: return .integer(Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))))
        case TypeNumber.int64: return .integer(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
        case TypeNumber.float:
            return .real(Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))))
        case TypeNumber.double:
            return .real(Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))))
        case TypeNumber.numeric: return numeric(bytes)
        case TypeNumber.bytes: return .bytes(bytes.bindMemory(to: UInt8.self))
        default: return .text(bytes.bindMemory(to: UInt8.self))
        }
    }

    /// A number of any length, which sums of integers are: an integer where it has no decimals and fits, else the nearest
    /// number.
    ///
    /// It is four words of 16 bits – how many digits to the base 10,000 follow, the power of the first one, the sign, the
    /// decimals that are shown – and the digits.
    static func numeric(_ bytes: UnsafeRawBufferPointer) -> SQLCell {
        func word(_ index: Int) -> UInt16 {
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
        }
        guard bytes.count >= 8, bytes.count >= 8 + 2 * Int(word(0)) else { return .null }
        let (count, weight, sign, decimals) = (Int(word(0)), Int(Int16(bitPattern: word(1))), word(2), word(3))
        switch sign {
        case 0xC000: return .real(.nan)
        case 0xD000: return .real(.infinity)
        case 0xF000: return .real(-.infinity)
        default: break
        }
        let digits = (0..<count).map { word(4 + $0) }
        if decimals == 0, let integer = integer(digits, weight, isNegative: sign == 0x4000) { return .integer(integer) }
        let text = digits.map { digit in
            let digit = String(digit)
            return String(repeating: "0", count: 4 - digit.count) + digit
        }.joined()
        let exponent = 4 * (weight + 1 - count)
        return .real(Double("\(sign == 0x4000 ? "-" : "")0\(text)e\(exponent)") ?? .nan)
    }

    private static func integer(_ digits: [UInt16], _ weight: Int, isNegative: Bool) -> Int64? {
        guard weight < 5, digits.count <= weight + 1 else { return digits.isEmpty ? 0 : nil }
        var result: Int64 = 0
        for position in 0..<max(weight + 1, 0) {
            let digit = position < digits.count ? Int64(digits[position]) : 0
            let (product, isLong) = result.multipliedReportingOverflow(by: 10_000)
            // Downwards for negative numbers: the smallest one has no counterpart.
            let (sum, isLonger) = product.addingReportingOverflow(isNegative ? -digit : digit)
            guard !isLong, !isLonger else { return nil }
            result = sum
        }
        return result
    }
}

/// The columns of one prepared statement.
final class PostgresColumns: ColumnNames {
    let types: [Oid]
    private let positions: [String: Int]

    init(_ result: OpaquePointer) {
        let count = PQnfields(result)
        types = (0..<count).map { PQftype(result, $0) }
        let names = (0..<count).map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
        positions = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func index(ofColumn name: UnsafePointer<CChar>, from start: Int) -> Int? {
        let name = String(cString: name)
        return positions[name] ?? positions[name.lowercased()]
    }
}
