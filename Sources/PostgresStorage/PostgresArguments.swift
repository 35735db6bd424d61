internal import CLibPQ
internal import Storage

/// The arguments of a statement as libpq takes them.
///
/// All but bytes are sent as text, whose type the database infers from the statement: the same argument then fits a column of
/// any type of numbers. Bytes are sent as they are.
struct PostgresArguments {
    /// The protocol counts arguments in 16 bits.
    private static let maximumCount = 65_535

    private var bytes: [UInt8] = []
    /// Where each argument begins in `bytes`; nil for null.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// Takes the arguments of the next statement.
    ///
    /// - Throws: ``StorageError``: `unstorable` for a text with a NUL in it, which PostgreSQL cannot keep; `statement` for too many.
    mutating func set(_ arguments: [SQLValue]) throws {
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        guard arguments.count <= Self.maximumCount else {
            throw StorageError(code: .statement, message: "a statement has more than \(Self.maximumCount) arguments")
        }
        for argument in arguments {
            let start = bytes.count
            switch argument {
            case .null: break
            case .integer(let value): bytes.append(contentsOf: String(value).utf8)
            case .real(let value): bytes.append(contentsOf: value.description.utf8)
            case .bytes(let value): bytes.append(contentsOf: value)
            case .text(let value):
                guard !value.utf8.contains(0) else {
                    throw StorageError(code: .unstorable, message: "a text has a NUL, which the database cannot keep")
                }
                bytes.append(contentsOf: value.utf8)
            }
            if case .bytes = argument { formats.append(1) } else { formats.append(0) }
            if case .null = argument { starts.append(nil) } else { starts.append(start) }
            lengths.append(Int32(clamping: bytes.count - start))
            bytes.append(0)
        }
    }

    /// Calls `body` with the arrays that libpq asks for.
    func withPointers<T>(
        _ body: (
            _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
            _ formats: UnsafePointer<Int32>?
        ) -> T
    ) -> T {
        bytes.withUnsafeBytes { bytes in
            let values = starts.map { start -> UnsafePointer<CChar>? in
                start.flatMap { bytes.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
            }
            return values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(Int32(values.count), values.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
