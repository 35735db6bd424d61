internal import CLibPQ
internal import Storage

/// Rows on their way into a table, in the binary form of `COPY`.
///
/// Source of the form: PostgreSQL's documentation of `COPY`, “Binary Format”.
final class PostgresCopyStream {
    /// What is sent at once.
    private static let pieceBytes = 1 << 18
    private static let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]

    private let connection: PostgresConnection
    /// What was not sent yet; at first the signature, no flags and no extension.
    private var bytes = signature + [UInt8](repeating: 0, count: 8)

    /// Begins to send rows; the connection can do nothing else until ``finish()``.
    init(_ connection: PostgresConnection, _ command: String) throws {
        self.connection = connection
        // There is no COPY in a pipeline.
        guard PQexitPipelineMode(connection.handle) == 1 else { throw connection.lost() }
        try take(PQexec(connection.handle, command), PGRES_COPY_IN)
    }

    /// Sends a row, a value for each column.
    func add(_ row: UnsafeBufferPointer<SQLCell>) throws {
        append(UInt16(row.count))
        for cell in row {
            switch cell {
            case .null: append(UInt32.max)
            case .integer(let integer): append(UInt64(bitPattern: integer), after: 8)
            case .real(let number): append(number.bitPattern, after: 8)
            case .text(let value), .bytes(let value):
                append(UInt32(value.count))
                bytes.append(contentsOf: value)
            }
        }
        if bytes.count >= Self.pieceBytes { try send() }
    }

    /// Ends the rows and waits until the database has taken all of them.
    func finish() throws {
        append(UInt16.max)
        try send()
        guard PQputCopyEnd(connection.handle, nil) == 1 else { throw connection.lost() }
        try take(PQgetResult(connection.handle), PGRES_COMMAND_OK)
        while let further = PQgetResult(connection.handle) { PQclear(further) }
        guard PQenterPipelineMode(connection.handle) == 1 else { throw connection.lost() }
    }

    private func take(_ result: OpaquePointer?, _ expected: ExecStatusType) throws {
        guard let result else { throw connection.lost() }
        defer { PQclear(result) }
        guard PQresultStatus(result) == expected else { throw PostgresError.error(of: result) }
    }

    private func append(_ number: UInt64, after length: UInt32) {
        append(length)
        append(number)
    }

    private func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private func send() throws {
        let isSent = bytes.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return PQputCopyData(connection.handle, start, Int32(bytes.count)) == 1
        }
        bytes.removeAll(keepingCapacity: true)
        guard isSent else { throw connection.lost() }
    }
}
