package import Vocabulary

/// The messages of one process on its standard streams.
///
/// A pure state machine: it decides what is done for each line and whether an answer is still wanted; reading, calling and writing
/// are done outside. A process may speak both eras: what says its version in `_meta` is served by itself, and `initialize` opens the
/// handshake era for the rest.
package struct ContextStream: Sendable {
    /// What is done for a line.
    package enum Action: Sendable, Hashable {
        /// The request is answered in this revision, then ``end(_:)`` is asked whether that is still wanted.
        case serve(ContextMessage, ContextRevision)
        /// This is written.
        case write(ContextAnswer)
        /// Nothing.
        case none
    }

    /// How many lines may be in progress; whoever reads reads nothing more meanwhile.
    package static let maximumOpen = 64

    /// The requests in progress, by id, and whether their answers are wanted.
    private var open: [JSON: Bool] = [:]
    private var isInitialized = false

    /// Creates the state of a process that has said nothing.
    package init() {}

    /// Decides about a line.
    package mutating func receive(_ line: [UInt8]) -> Action {
        let message: ContextMessage
        do throws(ContextMessage.Fault) {
            message = try ContextMessage(parsing: line)
        } catch {
            return .write(.failure(id: error.id, error.failure))
        }
        guard let id = message.id else {
            if message.method == "notifications/cancelled" { cancel(message.params["requestId"]) }
            return .none
        }
        do throws(ContextFailure) {
            let revision = try revision(of: message)
            guard open[id] == nil else { throw .invalidRequest("a request with this id is in progress") }
            open[id] = true
            return .serve(message, revision)
        } catch {
            return .write(.failure(id: id, error))
        }
    }

    private mutating func revision(of message: ContextMessage) throws(ContextFailure) -> ContextRevision {
        if message.saysItsVersion {
            try ContextEnvelope.check(message)
            return .stateless
        }
        if message.method == "initialize" { isInitialized = true }
        guard isInitialized || message.method == "ping" else {
            throw ContextEnvelope.missing
        }
        return .handshake
    }

    /// Drops the answer of a request that the client no longer wants; an id that is not in progress is ignored.
    private mutating func cancel(_ id: JSON?) {
        if let id, open[id] != nil { open[id] = false }
    }

    /// Ends a request.
    ///
    /// - Returns: whether its answer is still wanted.
    package mutating func end(_ id: JSON) -> Bool { open.removeValue(forKey: id) ?? false }
}

/// What each request says about itself since 2026-07-28.
enum ContextEnvelope {
    /// A request does not say its version.
    static let missing = ContextFailure.invalidParams(
        "params._meta has \(ContextMeta.version) and \(ContextMeta.capabilities)"
    )

    /// Checks a request that says its version.
    static func check(_ message: ContextMessage) throws(ContextFailure) {
        guard let version = message.meta(ContextMeta.version)?.string,
            message.meta(ContextMeta.capabilities)?.object != nil
        else { throw missing }
        guard version == ContextRevision.stateless.rawValue else { throw .unsupportedVersion(version) }
    }
}
