public import Vocabulary

/// Answers lines of JSON-RPC 2.0 with the handlers that are registered for methods.
///
/// It is set up once, then used from any number of connections at a time. It starts no tasks of its own:
/// ``receive(_:context:)-([UInt8],_)`` reads a line and answers at once where it can, and otherwise hands back work
/// that the caller runs wherever it likes. Order is settled at the moment of receiving, so a caller that receives the
/// lines of a connection in order may run what comes out of it in any order and at the same time.
///
/// Calls that share an ordering key run one after the other in the order received, over all connections and methods;
/// calls without a common key run side by side. A method says what its calls are ordered by when it is registered, as a
/// function of its decoded parameters: they are decoded once, where the line is received, and bad ones are refused
/// there. A method without such a function costs nothing for it.
public struct Dispatcher<Context: Sendable>: Sendable {
    /// What is done for a method, from its parameters.
    enum Work: Sendable {
        case immediate(@Sendable (JSON?, Context) throws -> Outcome)
        case concurrent(@Sendable (JSON?, Context) async throws -> JSON)
        case inLine(@Sendable (JSON?, Context) async throws -> JSON)

        var isInLine: Bool {
            if case .inLine = self { true } else { false }
        }
    }

    /// How a method is handled.
    enum Handler: Sendable {
        /// Its calls have no order: nothing is read of the parameters before the work reads them.
        case unordered(Work)
        /// Its calls are ordered by what stands in the parameters, which are read where the line is received.
        case ordered(@Sendable (JSON?, Context) throws -> Call)
    }

    /// A call whose parameters are read.
    struct Call: Sendable {
        /// What it is ordered by.
        let keys: [String]
        /// What is done; takes nothing from the parameters as they were sent.
        let work: Work
    }

    /// What a method results in.
    enum Outcome: Sendable {
        case value(JSON)
        /// A value that is written already, the same for everybody.
        case shared(SharedBytes)
    }

    /// A registered method.
    struct Entry: Sendable {
        let name: String
        let extensions: [String: JSON]
        let isBarrier: Bool
        let handler: Handler
    }

    /// What the owner added.
    public let hooks: DispatchHooks<Context>
    /// The limits.
    public let options: DispatchOptions
    let order = OrderGate()
    private(set) var entries: [String: Entry] = [:]

    /// The definitions that were registered, in order.
    public private(set) var methods: [any RPCMethod.Type] = []

    /// Makes a dispatcher without methods.
    public init(hooks: DispatchHooks<Context> = DispatchHooks(), options: DispatchOptions = DispatchOptions()) {
        self.hooks = hooks
        self.options = options
    }

    /// Registers a method whose handler can be slow; it runs concurrently with others.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - keys: What a call is ordered by, as whom the gate let through means it; nil where calls have no order.
    ///   - handler: Answers a call.
    public mutating func register<M: RPCMethod>(
        _ method: M.Type,
        orderedBy keys: (@Sendable (M.Params, Context) -> [String])? = nil,
        handler: @escaping @Sendable (M.Params, Context) async throws -> M.Result
    ) {
        guard let keys else {
            let work = Work.concurrent { params, context in
                let params = try Self.params(of: method, from: params)
                return try JSONEncoding.encode(try await handler(params, context))
            }
            add(method, .unordered(work))
            return
        }
        add(
            method,
            .ordered { params, context in
                let params = try Self.params(of: method, from: params)
                let work = Work.concurrent { _, context in
                    try JSONEncoding.encode(try await handler(params, context))
                }
                return Call(keys: keys(params, context), work: work)
            }
        )
    }

    /// Registers a method whose handler answers within microseconds; it runs where the line is received, which is
    /// quicker but holds up the connection.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - keys: What a call is ordered by; nil where calls have no order. A call that has to wait for others runs
    ///     later.
    ///   - handler: Answers a call.
    public mutating func register<M: RPCMethod>(
        _ method: M.Type,
        orderedBy keys: (@Sendable (M.Params, Context) -> [String])? = nil,
        immediate handler: @escaping @Sendable (M.Params, Context) throws -> M.Result
    ) {
        guard let keys else {
            let work = Work.immediate { params, context in
                let params = try Self.params(of: method, from: params)
                return .value(try JSONEncoding.encode(try handler(params, context)))
            }
            add(method, .unordered(work))
            return
        }
        add(
            method,
            .ordered { params, context in
                let params = try Self.params(of: method, from: params)
                let work = Work.immediate { _, context in
                    .value(try JSONEncoding.encode(try handler(params, context)))
                }
                return Call(keys: keys(params, context), work: work)
            }
        )
    }

    /// Registers a method that holds up its connection: no further message is received until its handler has answered.
    ///
    /// For what must be in effect before the next request, such as a subscription.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - keys: What a call is ordered by; nil where calls have no order.
    ///   - handler: Answers a call.
    public mutating func registerInLine<M: RPCMethod>(
        _ method: M.Type,
        orderedBy keys: (@Sendable (M.Params, Context) -> [String])? = nil,
        handler: @escaping @Sendable (M.Params, Context) async throws -> M.Result
    ) {
        add(
            method,
            .ordered { params, context in
                let params = try Self.params(of: method, from: params)
                let work = Work.inLine { _, context in try JSONEncoding.encode(try await handler(params, context)) }
                return Call(keys: keys?(params, context) ?? [], work: work)
            }
        )
    }

    /// Registers a handler that takes the parameters as they were sent, by name, by position or absent.
    public mutating func register(
        name: String,
        extensions: [String: JSON] = [:],
        orderedBy keys: (@Sendable (JSON?, Context) -> [String])? = nil,
        handler: @escaping @Sendable (JSON?, Context) async throws -> JSON
    ) {
        guard let keys else {
            add(name, extensions, .unordered(.concurrent(handler)))
            return
        }
        add(
            name,
            extensions,
            .ordered { params, context in
                let work = Work.concurrent { _, context in try await handler(params, context) }
                return Call(keys: keys(params, context), work: work)
            }
        )
    }

    /// Registers `rpc.discover`, which answers the OpenRPC document of the methods registered by definition so far.
    ///
    /// The document is written when it is asked for first, and shared by all answers.
    public mutating func registerDiscovery(
        info: OpenRPCDocument.Info,
        servers: [OpenRPCDocument.Server] = [],
        notifications: [any RPCNotification.Type] = [],
        extensions: [String: JSON] = [:]
    ) {
        let document = DiscoveryDocument { [methods] in
            OpenRPCDocument.make(info: info, servers: servers, methods: methods, notifications: notifications)
        }
        let work = Work.immediate { params, _ in
            _ = try JSONDecoding.decode(NoParams.self, from: params ?? [:])
            return .shared(document.bytes)
        }
        add("rpc.discover", extensions, .unordered(work))
    }

    private mutating func add<M: RPCMethod>(_ method: M.Type, _ handler: Handler) {
        methods.append(method)
        add(M.name, M.extensions, handler)
    }

    private mutating func add(_ name: String, _ extensions: [String: JSON], _ handler: Handler) {
        precondition(entries[name] == nil, "the method \(name) is registered twice")
        let isBarrier = hooks.barriers.contains(name)
        entries[name] = Entry(name: name, extensions: extensions, isBarrier: isBarrier, handler: handler)
    }

    private static func params<M: RPCMethod>(
        of method: M.Type,
        from params: JSON?
    ) throws(RPCError) -> M.Params {
        let named = try byName(params, M.positionalParameters)
        let value: M.Params
        do throws(JSONDecodingError) {
            value = try JSONDecoding.decode(M.Params.self, from: named)
        } catch {
            throw RPCError(error)
        }
        try M.validate(value)
        return value
    }

    private static func byName(_ params: JSON?, _ names: [String]) throws(RPCError) -> JSON {
        switch params {
        case nil, .object: return params ?? .object(JSONObject())
        case .array(let elements) where !names.isEmpty:
            guard elements.count <= names.count else {
                throw RPCError.invalidParams(path: "params", expected: "at most \(names.count) parameters")
            }
            return .object(JSONObject(zip(names, elements).map { JSONObject.Member(key: $0, value: $1) }))
        default: throw RPCError.invalidParams(path: "params", expected: "an object")
        }
    }
}

extension RPCError {
    /// The error for parameters that do not fit their type.
    init(_ error: JSONDecodingError) {
        let fault =
            switch error.code {
            case .missing: "Invalid params: \(error.path) is missing, expected \(error.expected)"
            case .mismatch: "Invalid params: \(error.path): expected \(error.expected)"
            case .unknownMember: "Invalid params: \(error.path) is not a parameter, expected \(error.expected)"
            }
        self.init(.invalidParams, fault, path: error.path, expected: error.expected)
    }
}
