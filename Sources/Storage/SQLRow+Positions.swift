internal import GRDB

/// Columns by position, in the order in which the statement selects them.
extension SQLRow {
    package func text(_ column: Int) throws(StorageError) -> String {
        guard let value = String.fromDatabaseValue(row[column]) else { throw mismatch(column, "text") }
        return value
    }

    package func optionalText(_ column: Int) -> String? { String.fromDatabaseValue(row[column]) }

    package func integer(_ column: Int) throws(StorageError) -> Int64 {
        guard let value = Int64.fromDatabaseValue(row[column]) else { throw mismatch(column, "an integer") }
        return value
    }

    package func optionalInteger(_ column: Int) -> Int64? { Int64.fromDatabaseValue(row[column]) }

    package func real(_ column: Int) throws(StorageError) -> Double {
        guard let value = Double.fromDatabaseValue(row[column]) else { throw mismatch(column, "a number") }
        return value
    }

    package func optionalReal(_ column: Int) -> Double? { Double.fromDatabaseValue(row[column]) }

    private func mismatch(_ column: Int, _ expected: String) -> StorageError {
        StorageError(code: .statement, message: "column \(column) is not \(expected)")
    }
}
