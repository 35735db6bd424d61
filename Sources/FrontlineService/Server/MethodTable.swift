import Access
import FrontlineProtocol
import JSONRPC
import Logging
import Vocabulary

/// The implementation of a method that may suspend or take long.
protocol MethodHandler: Sendable {
    associatedtype Method: FrontlineMethod

    /// Answers a call; the gate has checked that the caller may call the method.
    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result
}

/// The implementation of a method that answers within microseconds and runs where its line is received.
protocol InLineMethodHandler: Sendable {
    associatedtype Method: FrontlineMethod

    /// Answers a call; the gate has checked that the caller may call the method.
    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result
}

/// How a method is answered once its caller may call it: names of contacts are resolved, results counted.
struct MethodAnswer<Method: FrontlineMethod>: Sendable {
    let run: @Sendable (Method.Params, Caller) async throws -> Method.Result
}

/// All methods with their handlers, from which the dispatcher is built.
///
/// `add` is not specialised: decoding and answering take a call's time, and a copy of this code for each of a hundred methods
/// takes the optimiser as long as all the rest of the module.
struct MethodTable {
    private let services: Services
    private var accesses: [String: MethodAccess] = ["rpc.discover": .anyone]
    /// The methods that go on for a while when the store cannot be reached.
    private var fromMemory: Set<String> = []
    private var registrations: [(inout Dispatcher<RequestContext>) -> Void] = []
    /// The `MethodAnswer` of each method that needs no connection, by the method's name.
    private(set) var answers: [String: any Sendable] = [:]

    init(services: Services) { self.services = services }

    /// Adds a method that may suspend or take long.
    @_semantics("optimize.sil.specialize.generic.never")
    mutating func add<H: MethodHandler>(_ handler: H) {
        let services = services
        let answer = noted(H.Method.self) { try await handler.answer($0, for: $1) }
        registrations.append { dispatcher in
            dispatcher.register(H.Method.self, orderedBy: Self.order(of: H.Method.self, services)) { params, context in
                try await answer.run(params, Self.caller(context, H.Method.access, services))
            }
        }
    }

    /// Adds a method that holds back what follows on its connection.
    @_semantics("optimize.sil.specialize.generic.never")
    mutating func add<H: InLineMethodHandler>(_ handler: H) {
        let services = services
        let answer = noted(H.Method.self) { try await handler.answer($0, for: $1) }
        registrations.append { dispatcher in
            dispatcher.registerInLine(
                H.Method.self,
                orderedBy: Self.order(of: H.Method.self, services),
                handler: { params, context in
                    try await answer.run(params, Self.caller(context, H.Method.access, services))
                }
            )
        }
    }

    /// Notes a method and how it is answered.
    @_semantics("optimize.sil.specialize.generic.never")
    private mutating func noted<M: FrontlineMethod>(
        _ method: M.Type,
        _ handler: @escaping @Sendable (M.Params, Caller) async throws -> M.Result
    ) -> MethodAnswer<M> {
        let services = services
        let isMetered = M.Result.self is any MeteredResult.Type
        // Evaluating a key path expression allocates, so do it once for all calls.
        let contacts = M.contacts
        let answer = MethodAnswer<M> { params, caller in
            let params = try await services.names.resolved(params, contacts, for: caller.principal)
            let result = try await handler(params, caller)
            if isMetered { (result as? any MeteredResult)?.count(in: services.meter) }
            return result
        }
        accesses[M.name] = M.access
        if M.isAnsweredFromMemory { fromMemory.insert(M.name) }
        answers[M.name] = answer
        return answer
    }

    /// Adds a method that changes the session itself.
    @_semantics("optimize.sil.specialize.generic.never")
    mutating func add<M: FrontlineMethod>(
        _ method: M.Type,
        _ handler: @escaping @Sendable (M.Params, Session) async throws -> M.Result
    ) {
        accesses[M.name] = M.access
        registrations.append { $0.register(M.self) { try await handler($0, $1.session) } }
    }

    /// The ordering keys of a method's calls, with names resolved for the caller; nil if calls are not ordered.
    private static func order<M: FrontlineMethod>(
        of method: M.Type,
        _ services: Services
    ) -> (@Sendable (M.Params, RequestContext) -> [String])? {
        let members = method.ordering
        guard !members.isEmpty else { return nil }
        return { params, context in
            context.principal.map { services.names.orderingKeys(params, members, for: $0) } ?? []
        }
    }

    /// The caller of a request; a public method may be called by an unknown caller.
    private static func caller(
        _ context: RequestContext,
        _ access: MethodAccess,
        _ services: Services
    ) throws(RPCError) -> Caller {
        let now = services.now()
        if access == .anyone {
            return Caller(principal: Principal(subject: "", roles: []), now: now, session: context.session)
        }
        guard let principal = context.principal else { throw RPCError(.unauthenticated) }
        return Caller(principal: principal, now: now, session: context.session)
    }

    /// Creates the dispatcher for all methods, which checks roles in one place.
    ///
    /// - Parameters:
    ///   - limiter: limits the requests of each subject.
    ///   - publicLimiter: limits the requests of each address without a token.
    ///   - servers: where the server is reached, for the description of the methods.
    ///   - logger: logs internal errors of requests.
    ///   - observe: called for every call.
    /// - Returns: the dispatcher.
    func dispatcher(
        limiter: RateLimiter?,
        publicLimiter: RateLimiter?,
        servers: [OpenRPCDocument.Server] = [],
        logger: Logger,
        observe: @escaping @Sendable (DispatchObservation) -> Void
    ) -> Dispatcher<RequestContext> {
        let (accesses, fromMemory, services) = (accesses, fromMemory, services)
        var hooks = DispatchHooks<RequestContext>()
        hooks.prepare = { context in await context.prepared(now: services.now()) }
        hooks.gate = { method, _, context throws(RPCError) in
            let now = services.now()
            switch accesses[method] {
            case nil:
                // A method that does not declare its access may be called by nobody, not even by an admin.
                throw RPCError(.forbidden, "\(method) does not declare who may call it")
            case .anyone:
                if let publicLimiter, context.session.peer.isLimited, !context.session.isAuthenticated {
                    try publicLimiter.admit(context.session.peer.group, now: now)
                }
                return context
            case .roles(let roles):
                let remembered = fromMemory.contains(method) ? context.remembered : nil
                let principal = if let remembered { remembered } else { try context.caller.get() }
                try services.admit(principal, to: method, of: roles, now: now)
                try limiter?.admit(principal.subject, now: now)
                return context.admitted(as: principal)
            }
        }
        hooks.barriers = [SessionAuthenticate.name, SessionSignOut.name]
        hooks.translate = WireErrors.error(for:)
        hooks.report = { method, error, _ in
            logger.error("a request failed", metadata: ["method": "\(method)", "error": "\(ErrorText.line(error))"])
        }
        hooks.nanoseconds = { Monotonic.nanoseconds() }
        hooks.observe = observe
        var dispatcher = Dispatcher(hooks: hooks)
        for register in registrations { register(&dispatcher) }
        dispatcher.registerDiscovery(
            info: .init(title: "Frontline", version: ProductVersion.text, summary: ProductVersion.summary),
            servers: servers,
            notifications: Self.notifications,
            extensions: ServerInfo.extensions
        )
        return dispatcher
    }

    /// The notifications that the server sends.
    private static let notifications: [any RPCNotification.Type] = [
        AlertsEvent.self, AlertsHeartbeat.self, AlertsLagging.self,
        ConversationEvent.self, ConversationHeartbeat.self, ConversationLagging.self,
        WorkEventNotification.self, WorkHeartbeat.self, WorkLagging.self,
    ]
}
