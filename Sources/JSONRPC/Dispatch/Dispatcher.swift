/// Answers lines of JSON-RPC 2.0 with the handlers that are registered for methods.
///
/// It is set up once, then used from any number of connections at a time. It starts no tasks of its own:
/// ``receive(_:context:)-([UInt8],_)`` reads a line and answers at once where it can, and otherwise hands back work
/// that the caller runs wherever it likes. Order is settled at the moment of receiving, so a caller that receives the
/// lines of a connection in order may run what comes out of it in any order and at the same time.
public struct Dispatcher<Context: Sendable>: Sendable {
    /// What is done for a method.
    enum Handler: Sendable {
        case immediate(@Sendable (JSON?, Context) throws -> Outcome)
        case concurrent(@Sendable (JSON?, Context) async throws -> JSON)
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

    /// Registers a method whose handler may take its time; it runs beside others.
    public mutating func register<M: RPCMethod>(
        _ method: M.Type,
        handler: @escaping @Sendable (M.Params, Context) async throws -> M.Result
    ) {
        add(
            method,
            .concurrent { params, context in
                let params = try Self.params(of: method, from: params)
                return try JSONEncoding.encode(try await handler(params, context))
            }
        )
    }

    /// Registers a method whose handler answers within microseconds; it runs where the line is received, which is
    /// quicker but holds up the connection.
    public mutating func register<M: RPCMethod>(
        _ method: M.Type,
        immediate handler: @escaping @Sendable (M.Params, Context) throws -> M.Result
    ) {
        add(
            method,
            .immediate { params, context in
                let params = try Self.params(of: method, from: params)
                return .value(try JSONEncoding.encode(try handler(params, context)))
            }
        )
    }

    /// Registers a handler that takes the parameters as they were sent, by name, by position or absent.
    public mutating func register(
        name: String,
        extensions: [String: JSON] = [:],
        handler: @escaping @Sendable (JSON?, Context) async throws -> JSON
    ) {
        add(name, extensions, .concurrent(handler))
    }

    /// Registers `rpc.discover`, which answers the OpenRPC document of the methods registered by definition so far.
    ///
    /// The document is written once and shared by all answers.
    public mutating func registerDiscovery(
        info: OpenRPCDocument.Info,
        notifications: [any RPCNotification.Type] = [],
        extensions: [String: JSON] = [:]
    ) {
        let document = OpenRPCDocument.make(info: info, methods: methods, notifications: notifications)
        let bytes = SharedBytes(document.serialized())
        add(
            "rpc.discover",
            extensions,
            .immediate { params, _ in
                _ = try JSONDecoding.decode(NoParams.self, from: params ?? [:])
                return .shared(bytes)
            }
        )
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
