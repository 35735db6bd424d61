package import JSONRPC
package import Vocabulary

/// The decision about one call that brings the proof of who calls.
package enum CallAdmission<Context: Sendable>: Sendable {
    /// The call is received with this state.
    case admitted(Context)
    /// The call is not received; this is the response.
    case refused(WebResponse)
}

/// What a server does with the messages of its connections.
package protocol ConnectionHandler: Sendable {
    /// The state of a client while it is connected.
    associatedtype Context: Sendable

    /// Where the work of requests runs; nil for where all tasks run.
    var executor: (any TaskExecutor)? { get }

    /// Called for a new connection, before its first message.
    func connect(_ connection: Connection) -> Context

    /// Called for a call over HTTP, which stands by itself; the credential is what it brings, nil for none.
    func admit(_ connection: Connection, _ credential: WebCredential?) async -> CallAdmission<Context>

    /// Called for a client of WebSocket that proves who it is with its handshake, before its first message. One who proves nothing
    /// stays unknown.
    func signIn(_ credential: WebCredential, context: Context) async

    /// Looks up what receiving a message needs, such as who is calling now; the message is received with the result.
    func prepared(_ context: Context) async -> Context

    /// Reads a line; lines of one connection come one at a time and in order.
    func receive(_ line: [UInt8], context: Context) -> LineReception

    /// Reads a message of a batch; one at a time and in order, as lines.
    func receive(_ message: JSON, context: Context) -> Reception

    /// Called when the answers that were ready at once are queued on the connection, in the order of lines.
    func didAnswer(context: Context)

    /// Ends the work for a connection, after all of its requests were answered.
    func disconnect(_ context: Context)

    /// The answer to a line over the limit, before the connection is closed.
    func refusalOfLongLine(limit: Int) -> RPCAnswer

    /// The answer to a first line that is no JSON, before the connection is closed.
    var refusalOfForeignLine: RPCAnswer { get }

    /// The answer to a message of a batch whose answers have grown over the limit; nil when it wants none.
    func refusalOfBulk(_ message: JSON, limit: Int) -> RPCAnswer?

    /// The line that a client gets when there are too many connections.
    var refusalOfConnection: [UInt8] { get }
}

/// Lets a dispatcher answer the lines of all connections.
package struct DispatchingHandler<Context: Sendable>: ConnectionHandler {
    private let dispatcher: Dispatcher<Context>
    private let busy: @Sendable (String) -> RPCError
    private let connecting: @Sendable (Connection) -> Context
    private let admitting: @Sendable (Connection, WebCredential?) async -> CallAdmission<Context>
    private let signingIn: @Sendable (WebCredential, Context) async -> Void
    private let answered: @Sendable (Context) -> Void
    private let disconnecting: @Sendable (Context) -> Void

    package let executor: (any TaskExecutor)?
    package let refusalOfConnection: [UInt8]

    /// Connects a dispatcher to a server.
    ///
    /// - Parameters:
    ///   - dispatcher: What answers.
    ///   - busy: Makes the error for what the server has no room for at the moment, from a sentence that says so.
    ///   - executor: Where the work of requests runs; nil for where all tasks run.
    ///   - connect: Creates the state of a client from its connection.
    ///   - admit: Decides about a call over HTTP from what it brings; none is admitted unless this says so.
    ///   - signIn: Makes whom a credential proves the caller of a connection.
    ///   - answered: Runs actions that had to wait until answers were queued, such as starting a subscription.
    ///   - disconnect: Cleans up after a client, such as its subscriptions.
    package init(
        dispatcher: Dispatcher<Context>,
        busy: @escaping @Sendable (String) -> RPCError,
        executor: (any TaskExecutor)? = nil,
        connect: @escaping @Sendable (Connection) -> Context,
        admit: @escaping @Sendable (Connection, WebCredential?) async -> CallAdmission<Context> = { _, _ in
            .refused(.problem(403, "calls are not taken here"))
        },
        signIn: @escaping @Sendable (WebCredential, Context) async -> Void = { _, _ in },
        answered: @escaping @Sendable (Context) -> Void = { _ in },
        disconnect: @escaping @Sendable (Context) -> Void = { _ in }
    ) {
        self.dispatcher = dispatcher
        self.busy = busy
        self.executor = executor
        connecting = connect
        admitting = admit
        signingIn = signIn
        self.answered = answered
        disconnecting = disconnect
        refusalOfConnection = RPCMessage.response(id: .null, error: busy("Too many connections are open"))
    }

    package func connect(_ connection: Connection) -> Context {
        connecting(connection)
    }

    package func admit(_ connection: Connection, _ credential: WebCredential?) async -> CallAdmission<Context> {
        await admitting(connection, credential)
    }

    package func signIn(_ credential: WebCredential, context: Context) async {
        await signingIn(credential, context)
    }

    package func prepared(_ context: Context) async -> Context {
        await dispatcher.hooks.prepare(context)
    }

    package func receive(_ line: [UInt8], context: Context) -> LineReception {
        dispatcher.receive(line, context: context)
    }

    package func receive(_ message: JSON, context: Context) -> Reception {
        dispatcher.receive(message, context: context)
    }

    package func didAnswer(context: Context) {
        answered(context)
    }

    package func disconnect(_ context: Context) {
        disconnecting(context)
    }

    package func refusalOfLongLine(limit: Int) -> RPCAnswer {
        dispatcher.refusalOfLongLine(limit: limit)
    }

    package var refusalOfForeignLine: RPCAnswer { dispatcher.refusalOfForeignLine }

    package func refusalOfBulk(_ message: JSON, limit: Int) -> RPCAnswer? {
        let sentence = "The answers of this batch take more than \(limit) bytes together; send the rest in another one"
        return dispatcher.refusal(of: message, busy(sentence))
    }
}
