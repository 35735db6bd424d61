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

/// The one table that turns the modules' errors into errors of the wire.
enum WireErrors {
    /// The error for the wire; nil for one that is nobody's business outside.
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
        case let error as StorageError: wireError(error)
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

    private static func wireError(_ error: KnowledgeError) -> RPCError {
        let path = error.argument.map { "params.\($0)" }
        return switch error.code {
        case .notFound: RPCError(.notFound, error.message, path: path)
        case .conflict, .refused: RPCError(.conflict, error.message, path: path)
        case .invalid, .unreadable: RPCError(.invalidParams, error.message, path: path, expected: error.message)
        }
    }

    private static func wireError(_ error: PolicyError) -> RPCError {
        let path = error.argument.map { "params.\($0)" }
        return switch error.code {
        case .notFound: RPCError(.notFound, error.message, path: path)
        case .conflict: RPCError(.conflict, error.message, path: path)
        case .invalid, .invalidModel:
            RPCError(
                .invalidParams,
                error.message,
                path: path,
                expected: error.code == .invalid ? error.message : "a decision model without errors",
                details: error.findings.isEmpty ? nil : .array(error.findings.map { .string($0.description) })
            )
        }
    }

    private static func wireError(_ error: AlertError) -> RPCError {
        let path = error.argument.map { "params.\($0)" }
        return switch error.code {
        case .notFound: RPCError(.notFound, error.message, path: path)
        case .conflict: RPCError(.conflict, error.message, path: path)
        case .invalid: RPCError(.invalidParams, error.message, path: path, expected: error.message)
        case .forbidden: RPCError(.forbidden, error.message, path: path)
        case .tooMany: RPCError(.rateLimited, error.message, retryAfterMilliseconds: 60_000)
        }
    }

    private static func wireError(_ error: AssistError) -> RPCError {
        let path = error.argument.map { "params.\($0)" }
        return switch error.code {
        case .notFound: RPCError(.notFound, error.message, path: path)
        case .conflict: RPCError(.conflict, error.message, path: path)
        case .invalid: RPCError(.invalidParams, error.message, path: path, expected: error.message)
        case .forbidden: RPCError(.forbidden, error.message, path: path)
        }
    }

    private static func wireError(_ error: SignalError) -> RPCError {
        RPCError(
            .invalidParams,
            "the signals have errors",
            path: "params.source",
            expected: "a file of signals without errors",
            details: .array(error.findings.map { .string($0.description) })
        )
    }

    private static func wireError(_ error: ResolutionError) -> RPCError {
        let path = error.argument.map { "params.\($0)" }
        return switch error.code {
        case .notFound: RPCError(.notFound, error.message, path: path)
        case .conflict: RPCError(.conflict, error.message, path: path)
        case .forbidden: RPCError(.forbidden, error.message, path: path)
        case .invalid: RPCError(.invalidParams, error.message, path: path, expected: error.message)
        }
    }

    private static func wireError(_ error: ScriptError) -> RPCError {
        let path = error.argument.map { "params.\($0)" }
        return switch error.code {
        case .notFound: RPCError(.notFound, error.message, path: path)
        case .conflict: RPCError(.conflict, error.message, path: path)
        case .forbidden: RPCError(.forbidden, error.message, path: path)
        case .invalid:
            RPCError(
                .invalidParams,
                error.message,
                path: path,
                expected: error.details.isEmpty ? error.message : "a script without errors",
                details: error.details.isEmpty ? nil : .array(error.details.map(JSON.string))
            )
        }
    }

    private static func wireError(_ error: StorageError) -> RPCError? {
        switch error.code {
        case .busy: RPCError(.busy, "Another process is writing; try again", retryAfterMilliseconds: 500)
        case .full: RPCError(.unavailable, "The disk is full or failing; nothing was changed")
        default: nil
        }
    }
}
