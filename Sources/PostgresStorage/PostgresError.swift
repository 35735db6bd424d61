internal import CLibPQ
import Foundation
internal import Storage

/// What the database said about a failure; the cause of a ``StorageError``.
struct PostgresFailure: Error {
    /// The SQLSTATE, five characters; nil where the connection was lost without one.
    let state: String?
}

/// Failures of the database in the words of the store.
///
/// Source of the codes: PostgreSQL's documentation, appendix A, “PostgreSQL Error Codes”.
enum PostgresError {
    /// Failures after which the same transaction may succeed.
    static let conflicts: Set<String> = ["40001", "40P01"]
    /// The database has forgotten a prepared statement, or its plan no longer fits the tables.
    static let staleStatements: Set<String> = ["0A000", "26000"]
    /// Two writers have inserted the same key.
    static let duplicate = "23505"

    /// The SQLSTATE beneath an error.
    static func state(of error: any Error) -> String? {
        ((error as? StorageError)?.cause as? PostgresFailure)?.state
    }

    /// The error that a result is.
    static func error(of result: OpaquePointer) -> StorageError {
        let state = frontline_pq_state(result).map { String(cString: $0) }
        let said = frontline_pq_message(result) ?? UnsafePointer(PQresultErrorMessage(result))
        return error(state: state, message: said.map { String(cString: $0) } ?? "the database failed")
    }

    /// The error for a connection that is no more.
    static func lost(_ message: String) -> StorageError {
        StorageError(code: .unavailable, message: line(message), cause: PostgresFailure(state: nil))
    }

    static func error(state: String?, message: String) -> StorageError {
        guard let state else { return lost(message) }
        let text = mayHoldValues(state) ? "the database refused a value" : line(message)
        return StorageError(
            code: code(state),
            message: "\(text) (\(state))",
            cause: PostgresFailure(state: state)
        )
    }

    /// Messages of class 22 quote what they refuse, which may be about a person.
    private static func mayHoldValues(_ state: String) -> Bool { state.hasPrefix("22") }

    private static func code(_ state: String) -> StorageError.Code {
        switch state {
        case "57014", "55P03", "53300": .busy
        // The server is shutting down, starting, or has become a standby; a transaction was idle for too long.
        case "57P01", "57P02", "57P03", "57P05", "25006", "25P03", "25P04": .unavailable
        case "53100", "58030": .full
        case "XX001", "XX002": .corrupt
        case "42501": .cannotOpen
        default:
            switch state.prefix(2) {
            case "08": .unavailable
            case "23": .constraint
            case "28", "3D": .cannotOpen
            case "40": .busy
            default: .statement
            }
        }
    }

    /// One line of a message, as logs have it.
    private static func line(_ message: String) -> String {
        message.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .joined(separator: "; ")
    }
}
