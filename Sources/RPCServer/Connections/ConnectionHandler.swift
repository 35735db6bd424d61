package import JSONRPC

/// What a server does with the lines of its connections.
package protocol ConnectionHandler: Sendable {
    /// What is known of a client while it is connected.
    associatedtype Context: Sendable

    /// Greets a new connection, before its first line.
    func connect(_ connection: Connection) -> Context

    /// Reads a line; lines of one connection come one at a time and in order.
    func receive(_ line: [UInt8], context: Context) -> Reception

    /// Learns that the answers which were ready at once are queued on the connection; called in the order of lines.
    func didAnswer(context: Context)

    /// Takes leave of a connection, after everything it asked was answered.
    func disconnect(_ context: Context)

    /// The line that answers one over the limit, before the connection is closed.
    func refusalOfLongLine(limit: Int) -> [UInt8]

    /// The line that a client gets when there are too many connections.
    var refusalOfConnection: [UInt8] { get }
}

/// Lets a dispatcher answer the lines of all connections.
package struct DispatchingHandler<Context: Sendable>: ConnectionHandler {
    private let dispatcher: Dispatcher<Context>
    private let connecting: @Sendable (Connection) -> Context
    private let answered: @Sendable (Context) -> Void
    private let disconnecting: @Sendable (Context) -> Void

    package let refusalOfConnection: [UInt8]

    /// Connects a dispatcher to a server.
    ///
    /// - Parameters:
    ///   - dispatcher: What answers.
    ///   - busy: The error for a client that finds too many connections open.
    ///   - connect: Makes what is known of a client from its connection.
    ///   - answered: Does what had to wait until answers were queued, such as beginning a subscription.
    ///   - disconnect: Cleans up after a client, such as its subscriptions.
    package init(
        dispatcher: Dispatcher<Context>,
        busy: RPCError,
        connect: @escaping @Sendable (Connection) -> Context,
        answered: @escaping @Sendable (Context) -> Void = { _ in },
        disconnect: @escaping @Sendable (Context) -> Void = { _ in }
    ) {
        self.dispatcher = dispatcher
        connecting = connect
        self.answered = answered
        disconnecting = disconnect
        refusalOfConnection = RPCMessage.response(id: .null, error: busy)
    }

    package func connect(_ connection: Connection) -> Context {
        connecting(connection)
    }

    package func receive(_ line: [UInt8], context: Context) -> Reception {
        dispatcher.receive(line, context: context)
    }

    package func didAnswer(context: Context) {
        answered(context)
    }

    package func disconnect(_ context: Context) {
        disconnecting(context)
    }

    package func refusalOfLongLine(limit: Int) -> [UInt8] {
        dispatcher.refusalOfLongLine(limit: limit)
    }
}
