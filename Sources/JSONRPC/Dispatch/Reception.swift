public import Vocabulary

/// The outcome of receiving a line.
public enum LineReception: Sendable {
    /// It was one message, or nothing that could be read as one.
    case message(Reception)
    /// It was a batch of at least one message.
    ///
    /// Each is to be received by itself, in order, as if it had come on a line of its own, but for the answers, which
    /// go out together (``RPCAnswer/batch(_:)``).
    case batch([JSON])
}

/// The outcome of receiving a message.
public enum Reception: Sendable {
    /// The message is handled; nil when no answer is due.
    case finished(RPCAnswer?)
    /// There is work to run for the answer.
    case pending(PendingWork)
}

/// The work of a message that was received: run it once, anywhere, beside any other.
///
/// Work that is dropped without being run gives up its place in order.
public struct PendingWork: Sendable {
    /// The method that was called.
    public let method: String
    /// Whether this is to be run when everything received before on the connection is answered, and nothing more may be
    /// received there until it is done.
    public let isBarrier: Bool
    /// Whether the connection receives no further message until this is done; earlier requests continue meanwhile.
    public let isInLine: Bool
    private let body: @Sendable (_ isWanted: @Sendable () async -> Bool) async -> RPCAnswer?

    init(
        method: String,
        isBarrier: Bool,
        isInLine: Bool = false,
        body: @escaping @Sendable (_ isWanted: @Sendable () async -> Bool) async -> RPCAnswer?
    ) {
        self.method = method
        self.isBarrier = isBarrier
        self.isInLine = isInLine
        self.body = body
    }

    /// Does the work.
    ///
    /// - Parameter isWanted: Asked when those before it in order are done, and may let the work wait; false drops it.
    /// - Returns: The answer, or nil when none is due.
    public func run(while isWanted: @Sendable () async -> Bool = { true }) async -> RPCAnswer? {
        await body(isWanted)
    }
}
