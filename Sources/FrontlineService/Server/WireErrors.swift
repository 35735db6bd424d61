import Access
import Alerts
import Assist
import Conversations
import DMN
import FrontlineProtocol
import JSONRPC
import Knowledge
import Policies
import Resolution
import Scripting
import Storage
import Texts
import Timekeeping

/// The one table that turns the modules' errors into errors of the wire.
enum WireErrors {
    /// The error for the wire; nil for one that callers are not told, which is answered as -32603.
    static func error(for error: any Error) -> RPCError? {
        switch error {
        case let error as RPCError: error
        case let error as AccessError: wireError(error)
        case let error as AlertError: wireError(error)
        case let error as AssistError: wireError(error)
        case let error as SignalError: wireError(error)
        case let error as KnowledgeError: wireError(error)
        case let error as PolicyError: wireError(error)
        case let error as ResolutionError: wireError(error)
        case let error as ConversationError: wireError(error)
        case let error as ScriptError: wireError(error)
        case let error as ArticleError: .invalidParams(path: "params.xml", expected: "\(error)")
        case let error as TextError: wireError(error)
        case let error as ClockError: RPCError(.unavailable, error.message)
        case let error as StorageError: wireError(error)
        // Work is cancelled only when the server cannot wait for it any longer.
        case is CancellationError: RPCError(.unavailable, "The server is shutting down")
        default: nil
        }
    }

    private static func wireError(_ error: AccessError) -> RPCError {
        switch error.code {
        case .unauthenticated: RPCError(.unauthenticated, error.message)
        case .invalid: RPCError(.invalidParams, error.message)
        case .notFound: RPCError(.notFound, error.message)
        }
    }

    private static func wireError(_ error: AlertError) -> RPCError {
        switch error.code {
        case .notFound: refusal(.notFound, error.message, error.argument)
        case .conflict: refusal(.conflict, error.message, error.argument)
        case .forbidden: refusal(.forbidden, error.message, error.argument)
        case .invalid: refusal(.invalidParams, error.message, error.argument)
        case .tooMany: RPCError(.rateLimited, error.message, retryAfterMilliseconds: 60_000)
        }
    }

    private static func wireError(_ error: AssistError) -> RPCError {
        switch error.code {
        case .notFound: refusal(.notFound, error.message, error.argument)
        case .invalid: refusal(.invalidParams, error.message, error.argument)
        }
    }

    private static func wireError(_ error: ConversationError) -> RPCError {
        switch error.code {
        case .notFound: refusal(.notFound, error.message, error.argument)
        case .conflict: refusal(.conflict, error.message, error.argument)
        case .forbidden: refusal(.forbidden, error.message, error.argument)
        case .invalid: refusal(.invalidParams, error.message, error.argument)
        }
    }

    private static func wireError(_ error: KnowledgeError) -> RPCError {
        switch error.code {
        case .notFound: refusal(.notFound, error.message, error.argument)
        case .conflict, .refused:
            refusal(.conflict, error.message, error.argument, current: error.currentVersion.map { ("version", $0) })
        case .invalid, .unreadable: refusal(.invalidParams, error.message, error.argument)
        }
    }

    private static func wireError(_ error: PolicyError) -> RPCError {
        switch error.code {
        case .notFound: refusal(.notFound, error.message, error.argument)
        case .conflict: refusal(.conflict, error.message, error.argument)
        case .invalid: refusal(.invalidParams, error.message, error.argument)
        case .invalidModel: refusal(error, expected: "a decision model without errors")
        case .failingCases: refusal(error, expected: "a decision model whose test cases pass, or `force`")
        }
    }

    private static func wireError(_ error: TextError) -> RPCError {
        switch error.code {
        case .notFound: refusal(.notFound, error.message, error.argument)
        case .conflict: refusal(.conflict, error.message, error.argument)
        case .invalid:
            refusal(
                .invalidParams,
                error.message,
                error.argument,
                expected: error.findings.isEmpty ? nil : "a file of texts without errors",
                details: error.findings.map(\.description)
            )
        }
    }

    private static func refusal(_ error: PolicyError, expected: String) -> RPCError {
        refusal(
            .invalidParams,
            error.message,
            error.argument,
            expected: expected,
            details: error.findings.map(\.description)
        )
    }

    private static func wireError(_ error: ResolutionError) -> RPCError {
        switch error.code {
        case .notFound: refusal(.notFound, error.message, error.argument)
        case .conflict: refusal(.conflict, error.message, error.argument)
        case .forbidden: refusal(.forbidden, error.message, error.argument)
        case .invalid: refusal(.invalidParams, error.message, error.argument, expected: error.expected)
        }
    }

    private static func wireError(_ error: ScriptError) -> RPCError {
        switch error.code {
        case .notFound: refusal(.notFound, error.message, error.argument)
        case .conflict:
            refusal(.conflict, error.message, error.argument, current: error.currentRevision.map { ("revision", $0) })
        case .forbidden: refusal(.forbidden, error.message, error.argument)
        case .invalid:
            refusal(
                .invalidParams,
                error.message,
                error.argument,
                expected: error.details.isEmpty ? nil : "a script without errors",
                details: error.details
            )
        }
    }

    private static func wireError(_ error: SignalError) -> RPCError {
        refusal(
            .invalidParams,
            "the signals have errors",
            "source",
            expected: "a file of signals without errors",
            details: error.findings.map(\.description)
        )
    }

    private static func wireError(_ error: StorageError) -> RPCError? {
        switch error.code {
        case .busy: RPCError(.busy, "Another process is writing; try again", retryAfterMilliseconds: 500)
        case .full: RPCError(.unavailable, "The disk is full or failing; nothing was changed")
        default: nil
        }
    }

    /// An error that names the argument at fault; what is expected of it is the message, unless something shorter is given.
    ///
    /// The details of a stale call are the number that it should have named.
    private static func refusal(
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
