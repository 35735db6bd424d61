import Access
import FrontlineProtocol
import JSONRPC
import Logging

/// The behaviour of one method that may take its time.
protocol MethodHandler: Sendable {
    associatedtype Method: FrontlineMethod

    /// Answers a call whose caller may call the method.
    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result
}

/// The behaviour of one method that answers within microseconds, where its line is received.
protocol ImmediateMethodHandler: Sendable {
    associatedtype Method: FrontlineMethod

    /// Answers a call whose caller may call the method.
    func answer(_ params: Method.Params, for caller: Caller) throws -> Method.Result
}

/// Every method with its handler: what the dispatcher is made of.
struct MethodTable {
    private let services: Services
    private var accesses: [String: MethodAccess] = ["rpc.discover": .anyone]
    private var registrations: [(inout Dispatcher<RequestContext>) -> Void] = []

    init(services: Services) { self.services = services }

    /// Adds a method that may take its time.
    mutating func add<H: MethodHandler>(_ handler: H) {
        let services = services
        let isMetered = H.Method.Result.self is any MeteredResult.Type
        // Key paths are made anew wherever they are written: once for all calls is enough.
        let contacts = H.Method.contacts
        accesses[H.Method.name] = H.Method.access
        registrations.append { dispatcher in
            dispatcher.register(H.Method.self, orderedBy: Self.order(of: H.Method.self, services)) { params, context in
                let caller = try Self.caller(context, H.Method.access, services)
                let params = try await services.names.resolved(params, contacts, for: caller.principal)
                let result = try await handler.answer(params, for: caller)
                if isMetered { (result as? any MeteredResult)?.count(in: services.meter) }
                return result
            }
        }
    }

    /// Adds a method that answers at once.
    mutating func add<H: ImmediateMethodHandler>(_ handler: H) {
        let services = services
        let isMetered = H.Method.Result.self is any MeteredResult.Type
        // Key paths are made anew wherever they are written: once for all calls is enough.
        let contacts = H.Method.contacts
        accesses[H.Method.name] = H.Method.access
        registrations.append { dispatcher in
            dispatcher.register(
                H.Method.self,
                orderedBy: Self.order(of: H.Method.self, services),
                immediate: { params, context in
                    let caller = try Self.caller(context, H.Method.access, services)
                    let params = try services.names.resolvedNow(params, contacts, for: caller.principal)
                    let result = try handler.answer(params, for: caller)
                    if isMetered { (result as? any MeteredResult)?.count(in: services.meter) }
                    return result
                }
            )
        }
    }

    /// Adds a method that changes the session itself.
    mutating func add<M: FrontlineMethod>(
        _ method: M.Type,
        _ handler: @escaping @Sendable (M.Params, Session) async throws -> M.Result
    ) {
        accesses[M.name] = M.access
        registrations.append { $0.register(M.self) { try await handler($0, $1.session) } }
    }

    /// What the calls of a method are ordered by, as whom the gate let through means it; nil for nothing.
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

    /// Whoever calls a public method need not be known.
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

    /// The dispatcher with every method, its roles checked in one place.
    ///
    /// - Parameters:
    ///   - limiter: bounds the requests of each subject.
    ///   - publicLimiter: bounds the requests of each address that come without a token.
    ///   - logger: hears of requests that failed within.
    ///   - observe: hears of every call.
    /// - Returns: the dispatcher, ready to be shared.
    func dispatcher(
        limiter: RateLimiter?,
        publicLimiter: RateLimiter?,
        logger: Logger,
        observe: @escaping @Sendable (DispatchObservation) -> Void
    ) -> Dispatcher<RequestContext> {
        let (requirements, services) = (accesses.mapValues(Requirement.init), services)
        var hooks = DispatchHooks<RequestContext>()
        hooks.gate = { method, _, context throws(RPCError) in
            let now = services.now()
            switch requirements[method] {
            case nil:
                // Nobody has said who may call it, hence nobody may, an admin included.
                throw RPCError(.forbidden, "\(method) does not declare who may call it")
            case .anyone:
                if let publicLimiter, context.session.peer.isLimited, !context.session.isAuthenticated {
                    try publicLimiter.admit(context.session.peer.group, now: now)
                }
                return context
            case .roles(let roles):
                let principal = try context.session.principal(now: now)
                guard principal.holds(anyOf: roles) else {
                    let wanted = roles.map(\.rawValue).sorted().joined(separator: ", ")
                    throw RPCError(.forbidden, "\(method) needs one of the roles \(wanted)")
                }
                try services.admit(principal, to: method, now: now)
                try limiter?.admit(principal.subject, now: now)
                return context.admitted(as: principal)
            }
        }
        hooks.barriers = [SessionAuthenticate.name]
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
            notifications: Self.notifications,
            extensions: ServerInfo.extensions
        )
        return dispatcher
    }

    /// What a method asks of its caller.
    private enum Requirement: Sendable {
        case anyone
        /// One of the roles.
        case roles(Set<Access.Role>)

        init(_ access: MethodAccess) {
            switch access {
            case .anyone: self = .anyone
            case .roles(let roles): self = .roles(Set(roles.map { Access.Role($0) }))
            }
        }
    }

    /// What the server sends on its own.
    private static let notifications: [any RPCNotification.Type] = [
        AlertsEvent.self, AlertsHeartbeat.self, AlertsLagging.self,
        ConversationEvent.self, ConversationHeartbeat.self, ConversationLagging.self,
    ]
}
