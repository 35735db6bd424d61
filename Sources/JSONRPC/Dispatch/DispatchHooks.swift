public import Vocabulary

/// What the owner of a ``Dispatcher`` adds to it: who may call, what holds back what follows, what is counted.
public struct DispatchHooks<Context: Sendable>: Sendable {
    /// Looks up what ``gate`` needs and cannot wait for, such as who is calling now.
    ///
    /// The receiver awaits it before each message (``Dispatcher/handle(_:context:)`` does so itself) and receives the message
    /// with the context that it returns.
    public var prepare: @Sendable (Context) async -> Context

    /// Decides whether a call may go on, from the name and the extensions of its method; runs before the parameters are
    /// read, in the order in which requests arrive on a connection.
    ///
    /// It returns the context that the handler gets, however much later that runs. The context contains the admitted
    /// caller, so that a handler never asks the connection, which can belong to another caller by then.
    public var gate: @Sendable (_ method: String, _ extensions: [String: JSON], Context) throws(RPCError) -> Context

    /// Turns an error of a handler into one for the wire; nil for one that callers are not told, which is answered as
    /// -32603.
    public var translate: @Sendable (any Error) -> RPCError?

    /// Called for errors that were answered with -32603.
    public var report: @Sendable (_ method: String, any Error, Context) -> Void

    /// Called for every call that was answered or, as a notification, carried out.
    public var observe: (@Sendable (DispatchObservation) -> Void)?

    /// The clock for the durations in observations, in nanoseconds from any point.
    public var nanoseconds: @Sendable () -> UInt64

    /// Methods that hold back whatever follows them on their connection until they are answered, and that wait for
    /// what went before them there.
    ///
    /// Their handlers never run where the line is received; whoever runs the work keeps the order
    /// (``PendingWork/isBarrier``).
    public var barriers: Set<String>

    /// Creates hooks that admit every call, hold back nothing and report nothing.
    public init() {
        prepare = { $0 }
        gate = { _, _, context throws(RPCError) in context }
        translate = { _ in nil }
        report = { _, _, _ in }
        observe = nil
        nanoseconds = { 0 }
        barriers = []
    }
}

/// What became of one call.
public struct DispatchObservation: Sendable, Hashable {
    /// The name of the method, or `unknown` for one that is not registered and what is no request.
    public let method: String
    /// The code of the error that was answered, or nil for a success.
    public let errorCode: Int?
    /// The time from the arrival to the answer, by the clock of the hooks.
    public let nanoseconds: UInt64
}

/// The limits of a ``Dispatcher`` and how it answers.
public struct DispatchOptions: Sendable, Hashable {
    /// The nesting of a request that is accepted.
    public var maximumDepth = JSON.defaultMaximumDepth
    /// How many requests a batch may hold.
    public var maximumBatch = 100
    /// Whether errors carry `data`.
    public var includesErrorData = true

    /// The limits of the protocol.
    public init() {}
}
