import FrontlineProtocol
import JSONRPC
import Storage
import Timekeeping

/// An error of a module as callers and operators are told of it.
///
/// The conformance stands in the folder of the noun, beside what else the wire makes of it.
protocol WireError: Error {
    /// The error for the wire; nil for one that callers are not told, which is answered as -32603.
    var wireError: RPCError? { get }

    /// The error in one sentence, without what ``details`` lists.
    var sentence: String { get }

    /// Everything that is wrong, where it is more than one thing, each with its place.
    var details: [String] { get }
}

extension WireError {
    var sentence: String { "\(self)" }
    var details: [String] { [] }
}

/// What the wire says of an error of any module.
enum WireErrors {
    /// The error for the wire; nil for one that callers are not told, which is answered as -32603.
    static func error(for error: any Error) -> RPCError? {
        switch error {
        case let error as any WireError: error.wireError
        // Work is cancelled only when the server cannot wait for it any longer.
        case is CancellationError: RPCError(.unavailable, "The server is shutting down")
        default: nil
        }
    }
}

extension RPCError: WireError {
    var wireError: RPCError? { self }
    var sentence: String { message }
    var details: [String] { data?["details"]?.array?.compactMap(\.string) ?? [] }

    /// An error that names the argument at fault; what is expected of it is the message, unless something shorter is given.
    ///
    /// The details of a stale call are the number that it should have named.
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
}

extension ClockError: WireError {
    var wireError: RPCError? { RPCError(.unavailable, message) }
}

extension StorageError: WireError {
    var wireError: RPCError? {
        switch code {
        case .busy: RPCError(.busy, "Another process is writing; try again", retryAfterMilliseconds: 500)
        case .full: RPCError(.unavailable, "The disk is full or failing; nothing was changed")
        default: nil
        }
    }
}
