import FrontlineProtocol
import JSONRPC
import Storage
import Timekeeping
import Vocabulary

/// An error of a module that is reported to callers and operators.
///
/// The conformance is in the noun's folder, next to its other wire mappings.
protocol WireError: Error {
    /// The error for the wire; nil if callers are not told, in which case the answer is -32603.
    var wireError: RPCError? { get }

    /// The error in one sentence, without the ``details``.
    var sentence: String { get }

    /// All findings, each with its place, if there are several.
    var details: [String] { get }
}

extension WireError {
    var sentence: String { "\(self)" }
    var details: [String] { [] }
}

/// Converts errors of all modules to errors on the wire.
enum WireErrors {
    /// The error for the wire; nil if callers are not told, in which case the answer is -32603.
    static func error(for error: any Error) -> RPCError? {
        switch error {
        case let error as any WireError: error.wireError
        // Work is cancelled only at shutdown, when the drain timeout has passed.
        case is CancellationError: RPCError(.unavailable, "The server is shutting down")
        default: nil
        }
    }
}

extension RPCError: WireError {
    var wireError: RPCError? { self }
    var sentence: String { message }
    var details: [String] { data?["details"]?.array?.compactMap(\.string) ?? [] }

    /// Creates an error that names the invalid argument; the expectation is the message, unless a shorter text is
    /// given.
    ///
    /// For a stale call the details contain the current number.
    static func refusal(
        _ definition: RPCErrorDefinition,
        _ message: String,
        _ argument: String?,
        expected: String? = nil,
        details: [String] = [],
        current: (name: String, value: Int64)? = nil
    ) -> RPCError {
        let list: JSON? = details.isEmpty ? nil : .array(details.map(JSON.string))
        let stale: JSON? = current.map { [$0.name: .number(JSONNumber($0.value))] }
        return RPCError(
            definition,
            message,
            path: argument.map { "params.\($0)" },
            expected: definition == .invalidParams ? expected ?? message : nil,
            details: stale ?? list
        )
    }

    /// A refusal of parameters, or, when there are `details`, of the source among them: they say what is wrong with it, and
    /// `expected` says what it should be.
    static func invalidSource(
        _ message: String,
        _ argument: String?,
        expected: String,
        details: [String]
    ) -> RPCError {
        refusal(.invalidParams, message, argument, expected: details.isEmpty ? nil : expected, details: details)
    }
}

extension ClockError: WireError {
    var wireError: RPCError? { RPCError(.unavailable, message) }
}

extension StorageError: WireError {
    var wireError: RPCError? {
        switch code {
        case .busy: RPCError(.busy, "The store is busy; try again", retryAfterMilliseconds: 500)
        case .unstorable:
            RPCError(
                .invalidParams,
                "A text has the character U+0000, which cannot be stored",
                expected: "texts without U+0000"
            )
        case .newerSchema:
            RPCError(.unavailable, "The store was changed by a newer version of the server; this one no longer uses it")
        case .full: RPCError(.unavailable, "The disk is full or failing; nothing was changed")
        case .unavailable:
            RPCError(
                .unavailable,
                "The database cannot be reached; nothing was changed, try again",
                retryAfterMilliseconds: 500
            )
        case .outcomeUnknown:
            RPCError(
                .unavailable,
                "The database was lost during the commit; whether it has happened is not known",
                details: ["outcome": "unknown"]
            )
        default: nil
        }
    }
}
