/// What receiving a line came to.
public enum Reception: Sendable {
    /// It is done; the answer is a line without its line break, or nil when none is due.
    case finished([UInt8]?)
    /// There is work to run for the answer.
    case pending(PendingWork)
}

/// The work of a line that was received: run it once, anywhere, beside any other.
///
/// Work that is dropped without being run gives up its place in order.
public struct PendingWork: Sendable {
    /// Whether this is to be run when everything received before on the connection is answered, and nothing more may be
    /// received there until it is done.
    public let isBarrier: Bool
    private let body: @Sendable () async -> [UInt8]?

    init(isBarrier: Bool, body: @escaping @Sendable () async -> [UInt8]?) {
        self.isBarrier = isBarrier
        self.body = body
    }

    /// Does the work and gives the answer, or nil when none is due.
    public func run() async -> [UInt8]? {
        await body()
    }
}
