public import JSONRPC
public import NIOCore
public import NIOPosix
import Synchronization
public import Vocabulary

/// A typed client of a JSON-RPC line server.
///
/// Any number of calls may be under way at a time; they are sent in the order in which they were made and each gets its
/// own answer. A client is for one connection and does not connect again by itself.
///
/// ## Topics
/// - ``connect(to:options:eventLoopGroup:)``
/// - ``call(_:_:timeout:)``
/// - ``call(method:params:timeout:)``
/// - ``notifications``
/// - ``close()``
public final class FrontlineClient: Sendable {
    private struct Outgoing {
        var bytes = ByteBuffer()
        var isAwake = false
    }

    /// What the server sends on its own, in order, until the connection ends; for one reader.
    public let notifications: AsyncStream<ServerNotification>

    private let options: ClientOptions
    private let calls: PendingCalls
    private let channel: any Channel
    private let outgoing = Mutex(Outgoing())

    private init(
        notifications: AsyncStream<ServerNotification>,
        options: ClientOptions,
        calls: PendingCalls,
        channel: any Channel
    ) {
        self.notifications = notifications
        self.options = options
        self.calls = calls
        self.channel = channel
    }

    deinit {
        channel.close(promise: nil)
    }

    /// Connects to a server.
    ///
    /// - Parameters:
    ///   - destination: The server.
    ///   - options: How patient the client is.
    ///   - eventLoopGroup: The threads for input and output.
    /// - Returns: A client with an open connection; with TLS, a fault of the certificate shows at the first call.
    /// - Throws: ``FrontlineClientError``.
    public static func connect(
        to destination: Destination,
        options: ClientOptions = ClientOptions(),
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws -> FrontlineClient {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ServerNotification.self,
            bufferingPolicy: .bufferingOldest(options.maximumNotifications)
        )
        let calls = PendingCalls()
        let channel = try await ClientConnection.open(destination, options, eventLoopGroup) {
            ClientHandler(calls: calls, notifications: continuation, maximumLine: options.maximumLine)
        }
        return FrontlineClient(notifications: stream, options: options, calls: calls, channel: channel)
    }

    /// Calls a method by its definition.
    ///
    /// Members of the answer that this version does not know are left out.
    ///
    /// - Parameters:
    ///   - method: The definition.
    ///   - params: The parameters.
    ///   - timeout: How long the answer may take, if not as long as the options say.
    /// - Returns: The result.
    /// - Throws: `RPCError` as the server answered it, ``FrontlineClientError``, or `CancellationError`.
    public func call<M: RPCMethod>(
        _ method: M.Type,
        _ params: M.Params,
        timeout: Duration? = nil
    ) async throws -> M.Result {
        let answer = try await call(method: M.name, params: try JSONEncoding.encode(params), timeout: timeout)
        do {
            return try JSONDecoding.decode(
                M.Result.self,
                from: answer,
                root: "result",
                refusingUnknownMembers: false
            )
        } catch {
            throw FrontlineClientError(code: .badAnswer, message: "\(M.name) answered \(error)", cause: error)
        }
    }

    /// Calls a method by name.
    ///
    /// - Parameters:
    ///   - method: The name.
    ///   - params: The parameters as they are sent, or nil for none.
    ///   - timeout: How long the answer may take, if not as long as the options say.
    /// - Returns: The result as it came.
    /// - Throws: `RPCError` as the server answered it, ``FrontlineClientError``, or `CancellationError`.
    public func call(method: String, params: JSON? = nil, timeout: Duration? = nil) async throws -> JSON {
        let number = calls.number()
        let deadline = NIODeadline.now() + .nanoseconds((timeout ?? options.callTimeout).nanoseconds)
        return try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { continuation in
                if calls.enter(number, continuation, deadline) {
                    send(RPCMessage.request(id: .number(JSONNumber(number)), method: method, params: params))
                }
                if Task.isCancelled {
                    calls.end(number, .failure(CancellationError()))
                }
            }
        } onCancel: {
            calls.end(number, .failure(CancellationError()))
        }
    }

    /// Sends a request that gets no answer.
    ///
    /// - Throws: The reason, when the connection has ended.
    public func notify(method: String, params: JSON? = nil) throws {
        if let failure = calls.failure {
            throw failure
        }
        send(RPCMessage.notification(method: method, params: params))
    }

    /// Whether the connection is there, as far as is known; a call on one that is not fails without being sent.
    public var isOpen: Bool { calls.failure == nil }

    /// Closes the connection; calls under way fail.
    public func close() async {
        calls.fail(FrontlineClientError(code: .closed, message: "the client was closed"))
        try? await channel.close().get()
    }

    private func send(_ line: [UInt8]) {
        let wakes = outgoing.withLock { outgoing in
            outgoing.bytes.writeBytes(line)
            outgoing.bytes.writeInteger(UInt8(ascii: "\n"))
            defer { outgoing.isAwake = true }
            return !outgoing.isAwake
        }
        if wakes {
            channel.eventLoop.execute { self.flush() }
        }
    }

    private func flush() {
        let bytes = outgoing.withLock { outgoing in
            defer { outgoing = Outgoing() }
            return outgoing.bytes
        }
        channel.writeAndFlush(bytes, promise: nil)
    }
}
