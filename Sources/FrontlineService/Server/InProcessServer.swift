import Access
package import JSONRPC
import Knowledge
import Logging
package import ModelSupply
package import Sentiment
package import SignIn
package import Vocabulary
package import Webhooks
import WorkItems

/// The server's methods without a network, for tests and for programs that embed the product.
package struct InProcessServer: Sendable {
    private let dispatcher: Dispatcher<RequestContext>
    private let services: Services

    /// Creates a server for a data folder and loads its index.
    ///
    /// - Parameters:
    ///   - folder: the data folder.
    ///   - encoder: the sentence encoder, if there is one.
    ///   - node: the name of the server among those that share the store.
    ///   - rateLimit: requests per second of one subject; 0 for no limit.
    ///   - publicRateLimit: requests per second without a token from one address; 0 for no limit.
    ///   - webhookSender: sends webhooks; nil for libcurl.
    ///   - webhookSecrets: where the secrets of webhooks are read.
    ///   - signIn: who vouches for people.
    ///   - issuerTransport: asks the issuer; nil for libcurl.
    ///   - register: registers methods in addition to those of the server.
    ///   - heads: the heads of the mood for a locale and the identity of an encoder.
    /// - Throws: the store's error.
    package init(
        _ folder: DataFolder,
        encoder: NamedEncoder? = nil,
        node: String = NodeName.own,
        rateLimit: Int = 0,
        publicRateLimit: Int = 0,
        webhookSender: (any WebhookSender)? = nil,
        webhookSecrets: any WebhookSecrets = SystemSecrets(),
        signIn: SignInSettings = SignInSettings(),
        issuerTransport: (any IssuerTransport)? = nil,
        registering register: (inout Dispatcher<RequestContext>) -> Void = { _ in },
        heads: @escaping @Sendable (String, String) -> SentimentHeads? = {
            SentimentHeads.heads(for: $0, encoder: $1)
        }
    ) throws {
        let services = try Services(
            folder,
            encoder: encoder,
            node: node,
            webhookSender: webhookSender,
            webhookSecrets: webhookSecrets,
            signIn: signIn,
            issuerTransport: issuerTransport,
            heads: heads
        )
        self.services = services
        let limiter = rateLimit > 0 ? RateLimiter(rate: rateLimit) : nil
        if let limiter { services.nodes.share(limiter) }
        var dispatcher = FrontlineServer.methodTable(services, metrics: { "" }).dispatcher(
            limiter: limiter,
            publicLimiter: publicRateLimit > 0 ? RateLimiter(rate: publicRateLimit) : nil,
            logger: Logger(label: "in-process", factory: { _ in SwiftLogNoOpLogHandler() }),
            observe: { _ in }
        )
        register(&dispatcher)
        self.dispatcher = dispatcher
    }

    /// The methods in the order in which they were registered.
    package var methods: [any RPCMethod.Type] { dispatcher.methods }

    /// Applies changes by other processes, as a running server does by itself.
    package func catchUp() async throws { try await services.index.catchUp() }

    /// Embeds articles and encodes the examples of scripts that wait for it, as a running server does by itself.
    package func embed() async throws {
        try await services.embedArticles()
        try await services.embedScripts()
    }

    /// Tells the other servers of the store of this one, as a running server does by itself.
    package func beat() async throws { try await services.nodes.beat() }

    /// Sends due events to subscribers, as a running server does by itself.
    package func pump() async throws {
        while try await services.hubs.pump(now: services.now()) {}
    }

    /// Does what the time has done to work, as a running server does by itself.
    package func elapseWork() async throws { try await services.work.elapse(to: services.now()) }

    /// Tells webhooks of what has happened, as a running server does by itself.
    package func deliverWebhooks() async throws {
        while try await services.webhooks.takeIn(now: services.now()) {}
        for hook in try await services.webhooks.due(now: services.now()) {
            try await services.webhooks.deliver(hook.name, now: services.now)
        }
    }

    /// Writes the use of tokens, as a running server does by itself.
    package func writeUsage() async throws { try await services.usage.write() }

    /// Deletes transcripts whose retention period has ended, as a running server does by itself.
    ///
    /// - Returns: the number of conversations whose transcript was deleted.
    package func deleteTranscripts(olderThanDays days: Int64) async throws -> Int {
        let now = services.now()
        return try await CustomerRecords(services: services)
            .deleteTranscripts(quietSince: now - days * 86_400_000_000, limit: 1_000, now: now)
    }

    /// Deletes the events of work that ended so long ago, as a running server does by itself.
    ///
    /// - Returns: the number of items whose events were deleted.
    package func pruneWork(olderThanDays days: Int64) async throws -> Int {
        try await services.work.prune(quietSince: services.now() - days * 86_400_000_000, limit: 1_000)
    }

    /// Connects a new client, which is not authenticated.
    package func connect(from peer: Peer = .inProcess) -> Connection {
        let sink = CollectingSink()
        return Connection(
            dispatcher: dispatcher,
            session: Session(tokens: services.tokens, principal: nil, sink: sink, peer: peer),
            sink: sink
        )
    }

    /// The connection of one client.
    package struct Connection: Sendable {
        let dispatcher: Dispatcher<RequestContext>
        let session: Session
        let sink: CollectingSink

        /// The notifications received since the last call.
        package func notifications() -> [JSON] { sink.drain() }

        /// Answers a line as received over a socket; nil if no answer is due.
        package func answer(_ line: String) async -> String? {
            defer { session.didAnswer() }
            return await dispatcher.handle(Array(line.utf8), context: RequestContext(session: session))
                .map { String(decoding: $0, as: UTF8.self) }
        }

        /// Receives a call without running its work, like a call that waits for others.
        package func receive(_ method: String, _ params: JSON? = nil) async -> Reception {
            let message: JSON = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params ?? [:]]
            let context = await dispatcher.hooks.prepare(RequestContext(session: session))
            return dispatcher.receive(message, context: context)
        }

        /// Calls a method by name.
        ///
        /// - Throws: the `RPCError` of the answer.
        package func call(_ method: String, _ params: JSON? = nil) async throws -> JSON {
            let line = RPCMessage.request(id: 1, method: method, params: params)
            defer { session.didAnswer() }
            guard let bytes = await dispatcher.handle(line, context: RequestContext(session: session)) else {
                throw RPCError.internalError
            }
            let response = try JSON(parsing: bytes)
            if let error = response["error"] {
                throw RPCError(
                    code: error["code"]?.int ?? 0,
                    message: error["message"]?.string ?? "",
                    data: error["data"]
                )
            }
            return response["result"] ?? .null
        }

        /// Calls a method by its definition.
        ///
        /// - Throws: the `RPCError` of the answer.
        package func call<M: RPCMethod>(_ method: M.Type, _ params: M.Params) async throws -> M.Result {
            let result = try await call(M.name, JSONEncoding.encode(params))
            return try JSONDecoding.decode(M.Result.self, from: result)
        }
    }
}
