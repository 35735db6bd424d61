import Access
import Alerts
import Assist
import Conversations
import Customers
import Foundation
import FrontlineProtocol
import JSONRPC
import Knowledge
import Logging
import Measures
import ModelSupply
package import RPCServer
import Resolution
import ServiceLifecycle
import Storage
import Timekeeping
import UnixSignals
import Vocabulary

/// The server: configuration in, running services out.
///
/// The start order is: the store, the index, the watched folders, then the listeners. When all listeners accept
/// connections, a line on standard error says `ready`.
package struct FrontlineServer: Sendable {
    private let configuration: FrontlineConfiguration
    private let services: Services
    private let logger: Logger
    private let registry: PrometheusRegistry
    /// The size in bytes up to which a store is checked before the server is ready.
    private static let quickCheckBytes: Int64 = 64 << 20

    /// Opens the data folder and loads the index, without listening yet.
    ///
    /// - Throws: `StorageError` if the data folder cannot be used, ``ConfigurationError`` if the encoder cannot.
    package init(_ configuration: FrontlineConfiguration, registry: PrometheusRegistry) throws {
        self.configuration = configuration
        self.registry = registry
        logger = Logger(label: "frontline")
        let encoder = try Self.encoder(configuration, logger: logger)
        let authority = AuthoritySettings(
            pendingLifetime: Int64(configuration.approvalHours) * 3_600_000_000,
            timeZone: configuration.timeZone
        )
        let folder = try DataFolder(
            URL(fileURLWithPath: configuration.dataFolder),
            store: configuration.store,
            authority: authority,
            teams: configuration.teams,
            form: configuration.customerIDCase.map { CanonicalForm($0) },
            figureZone: configuration.timeZone,
            clock: configuration.clockGapDays == 0
                ? nil : ClockBounds(gap: Int64(configuration.clockGapDays) * 86_400_000_000),
            skew: Int64(configuration.clockSkewSeconds) * 1_000_000
        )
        folder.removeStaleIndexes()
        services = try Services(
            folder,
            encoder: encoder,
            encoderThreads: configuration.encoderThreads,
            meter: TurnTimers.meter(),
            scriptIdleTime: configuration.scriptIdleTime,
            erasures: configuration.erasures,
            listening: configuration.listen.joined(separator: ", "),
            signIn: configuration.signIn
        )
        try CustomerSpelling(services: services, form: folder.authority.form).adopt()
        try services.store.writeNow { [services] in try services.clock.begin(services.now(), in: $0) }
    }

    /// Opens the encoder that is configured, and logs which one it is.
    private static func encoder(_ configuration: FrontlineConfiguration, logger: Logger) throws -> NamedEncoder? {
        let shelf = ModelShelf(named: configuration.modelFolders, dataFolder: configuration.dataFolder)
        let encoder: NamedEncoder?
        do {
            encoder = try shelf.open(configuration.encoder) { skipped in
                logger.warning("a sentence encoder is passed over", metadata: ["error": "\(skipped.error)"])
            }
        } catch {
            throw ConfigurationError(place: ServerOption.encoder.key, message: "\(error)")
        }
        if let encoder {
            logger.info(
                "sentence encoder",
                metadata: [
                    "name": "\(encoder.name)", "dimensions": "\(encoder.dimensions)",
                    "kernels": "\(encoder.kernels)", "path": "\(encoder.location.path)",
                ]
            )
        } else {
            let places = configuration.encoder == .off ? "none, it is off" : shelf.places
            logger.info(
                "no sentence encoder: search and suggestions use words only",
                metadata: ["folders": "\(places)"]
            )
        }
        return encoder
    }

    /// Serves until SIGTERM or SIGINT, then drains.
    ///
    /// - Throws: ``ConfigurationError`` and `RPCServerError` if an address or a certificate cannot be used.
    package func run() async throws {
        try await ClockWatch(services: services, logger: logger).look()
        try await prepareStore()
        tellDemonstration()
        for token in try await services.tokens.takeWidenedTokens() {
            logger.notice(
                "a supervisor's token without a team now says team=*, so that it goes on seeing every team",
                metadata: ["token": "\(token)"]
            )
        }
        if let turns = try await services.conversations.takeRemovedScores() {
            logger.notice(
                "only what customers say is scored: the scores of what agents and others said were deleted",
                metadata: ["turns": "\(turns)"]
            )
        }
        try await services.measures.adoptTimeZone()
        // So that the files of one server are published together, and none of another one between them.
        if configuration.rules != nil || configuration.knowledge != nil {
            try await services.publishing.inTurn { await publishFolders() }
        }
        try await services.nodes.beat()
        try services.index.save()
        try await services.assistant.warmUp()
        for duty in services.duties { try await duty.renew() }
        var group: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: IndexFollower(services: services, logger: logger)),
            .init(service: EventPump(services: services, logger: logger)),
            .init(service: AlertMeter(services: services, logger: logger)),
            .init(service: WebhookCourier(services: services, logger: logger)),
            .init(service: try await AuditFollower(services: services, logger: logger)),
        ]
        if let watch = StoreWatch(services.store, logger: logger) { group.append(.init(service: watch)) }
        group += try Self.timers(services, logger: logger).map { .init(service: $0) }
        if let embedder = ArticleEmbedder(services: services, logger: logger) {
            group.append(.init(service: embedder))
        }
        if let embedder = GroupingEmbedder(services: services, logger: logger) {
            group.append(.init(service: embedder))
        }
        if let embedder = ScriptEmbedder(services: services, logger: logger) {
            group.append(.init(service: embedder))
        }
        if let retention = TranscriptRetention(
            services: services,
            days: configuration.transcriptRetention,
            logger: logger
        ) {
            group.append(.init(service: retention))
        }
        for warning in configuration.warnings { logger.warning("\(warning)") }
        let readiness = Readiness(listeners: configuration.metricsListen == nil ? 1 : 2)
        if let metrics = try metricsListener(readiness) { group.append(.init(service: metrics)) }
        let sessions = WebSessions(tokens: services.tokens)
        if configuration.web != nil || configuration.callerGrace > 0 {
            let watch = PeriodicTask(every: .seconds(1), failure: "tokens cannot be looked at", logger: logger) {
                [services, grace = configuration.callerGrace] in
                let now = services.now()
                try await services.seenTokens.look(services.tokens, now: now, grace: grace)
                try await sessions.look(now: now)
            }
            group.append(.init(service: watch))
        }
        group.append(
            .init(
                service: try rpcServer(readiness, sessions),
                successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup
            )
        )
        var lifecycle = ServiceGroupConfiguration(
            services: group,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "lifecycle", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        // Connections are closed at the drain timeout; a handler that has not returned is cancelled a second later.
        lifecycle.maximumGracefulShutdownDuration = .seconds(configuration.drainTimeout + 1)
        try await ServiceGroup(configuration: lifecycle).run()
        do {
            for duty in services.duties { try await duty.release() }
            try await services.nodes.leave()
        } catch {
            logger.warning(
                "other servers wait some seconds for the duties",
                metadata: ["error": "\(ErrorText.line(error))"]
            )
        }
        try await services.searchLog.flush()
        try await services.usage.write()
        try await services.tokens.sessions.writeUses()
        try await services.tokens.noteTime(services.now())
        try services.index.save()
        try services.store.close()
    }

    /// Imports and publishes what is new in the watched folders.
    private func publishFolders() async {
        if let rules = configuration.rules { TelephoneSetting(logger: logger).run(path: rules) }
        if let knowledge = configuration.knowledge {
            await FolderImport(services: services, logger: logger).run(path: knowledge)
        }
        guard let rules = configuration.rules else { return }
        let publication = FolderPublication(services: services, logger: logger)
        await publication.run(path: rules, .withoutCalendar)
        await ScriptFolderPublication(services: services, logger: logger).run(path: rules)
        // The freezes of a calendar hold for what comes after it, not for what comes with it.
        await publication.run(path: rules, .calendar)
    }

    /// Checks the store for damage, and repeats erasures that a restored store lacks.
    private func prepareStore() async throws {
        // A large store is checked in the background.
        if let files = services.store.files, files.fileBytes <= Self.quickCheckBytes {
            try await services.store.checkIntegrity()
        }
        if let damage = services.store.damage {
            logger.critical("the store is damaged: restore a backup", metadata: ["damage": "\(damage)"])
        }
        do {
            if let contents = try ErasureList.read(services.erasures.path) {
                let replay = ErasureReplay(records: CustomerRecords(services: services))
                let report = try await replay.run(contents, by: .atStart, now: services.now())
                if report.applied > 0 {
                    logger.notice("erasures applied again", metadata: ["customers": "\(report.applied)"])
                }
                if !report.gaps.isEmpty {
                    logger.error("lines are missing in the list of erasures", metadata: ["lines": "\(report.gaps)"])
                }
            }
            try await services.erasures.update()
        } catch {
            logger.error("the list of erasures cannot be used", metadata: ["error": "\(error)"])
        }
    }

    /// Says that the store holds an invented history, so that nobody takes its figures for real ones.
    private func tellDemonstration() {
        guard let mark = services.demonstration else { return }
        logger.notice(
            "demonstration data: nobody in this history exists",
            metadata: ["company": "\(mark.company)", "from": "\(mark.first)", "to": "\(mark.last)"]
        )
        if !mark.isComplete {
            logger.warning("the history was broken off; `frontline demo history --replace` writes it anew")
        }
    }

    private func rpcServer(
        _ readiness: Readiness,
        _ sessions: WebSessions
    ) throws -> RPCServer<DispatchingHandler<RequestContext>> {
        let meter = ServerMeter()
        let limiter = configuration.rateLimit > 0 ? RateLimiter(rate: configuration.rateLimit) : nil
        let publicLimiter =
            configuration.publicRateLimit > 0 ? RateLimiter(rate: configuration.publicRateLimit, seconds: 5) : nil
        let door = WebDoor(
            services: services,
            configuration: configuration,
            limiter: limiter,
            publicLimiter: publicLimiter,
            metrics: { [registry] in registry.render() },
            health: health
        )
        let table = Self.methodTable(services, metrics: { [registry] in registry.render() })
        if let limiter { services.nodes.share(limiter) }
        let dispatcher = table.dispatcher(
            limiter: limiter,
            publicLimiter: publicLimiter,
            servers: servers,
            logger: logger,
            observe: { meter.observe($0) }
        )
        let handler = DispatchingHandler(
            dispatcher: dispatcher,
            busy: { RPCError(.busy, $0, retryAfterMilliseconds: 1_000) },
            executor: services.store.executor,
            connect: { [services, configuration] connection in
                let session = Session(
                    tokens: services.tokens,
                    principal: configuration.needsToken(connection.kind) ? nil : .local,
                    sink: connection,
                    peer: Peer(connection),
                    grace: configuration.callerGrace
                )
                if connection.kind.isWeb { sessions.add(session, connection) }
                return RequestContext(session: session)
            },
            admit: door.admit,
            signIn: door.signIn,
            answered: { $0.session.didAnswer() },
            disconnect: { [services] context in
                guard let sink = context.session.sink else { return }
                if let connection = sink as? Connection { sessions.remove(connection.id) }
                services.hubs.disconnect(sink)
            }
        )
        return RPCServer(
            configuration: try transportConfiguration(door),
            handler: handler,
            meter: meter,
            logger: logger,
            ready: { _ in readiness.report() }
        )
    }

    /// Where the server is reached, as it tells clients.
    private var servers: [OpenRPCDocument.Server] {
        let scheme = configuration.tlsCertificate == nil ? "tcp" : "tls"
        let addresses =
            configuration.listen.map { "\(scheme)://\($0)" }
            + [configuration.socket.map { "unix:\($0)" }].compactMap(\.self)
        let lines = addresses.map { OpenRPCDocument.Server(name: "lines", url: $0, summary: "One message a line") }
        return lines + (configuration.web == nil ? [] : WebDoor.servers)
    }

    private func transportConfiguration(_ door: WebDoor) throws -> ServerConfiguration {
        var transport = ServerConfiguration()
        transport.addresses = try configuration.listen.map { try Self.address($0, option: .listen) }
        if let socket = configuration.socket {
            transport.addresses.append(try Self.address("unix:" + socket, option: .socket))
        }
        if let certificate = configuration.tlsCertificate, let key = configuration.tlsKey {
            transport.tls = .init(certificate: certificate, key: key)
        }
        if let web = configuration.web {
            transport.web = WebConfiguration(
                address: try Self.address(web, option: .web),
                hosts: configuration.webHosts.isEmpty ? nil : configuration.webHosts,
                origins: configuration.webOrigins.isEmpty ? nil : configuration.webOrigins,
                routes: door.routes,
                takesCookies: true
            )
        }
        if configuration.stdio { transport.standardStreams = StandardStreams() }
        transport.sharedAddresses = configuration.sharedAddresses
        transport.limits.lineBytes = configuration.lineLimit
        transport.limits.heldBytes = configuration.bufferLimit << 20
        transport.limits.strangersOfAddress =
            configuration.unauthenticatedPerAddress == 0 ? .max : configuration.unauthenticatedPerAddress
        transport.limits.strangerTime =
            configuration.authenticationTimeout == 0
            ? .seconds(.max / 4) : .seconds(configuration.authenticationTimeout)
        transport.limits.connections = configuration.maximumConnections
        transport.limits.requestsInFlight = configuration.maximumInFlight
        transport.limits.idleTime =
            configuration.idleTimeout == 0 ? .seconds(.max / 4) : .seconds(configuration.idleTimeout)
        transport.limits.drainTime = .seconds(configuration.drainTimeout)
        return transport
    }

    /// The state of the server, over HTTP.
    @Sendable private func health() async -> MetricsListener.Health {
        let caller = Caller(principal: Principal(subject: "", roles: []), now: 0)
        let result = await ServerHealthHandler(services: services).answer(NoParams(), for: caller)
        // The status decides; the checks of one that cannot be encoded are left out.
        let body = (try? JSONEncoding.encode(result)) ?? .null
        return MetricsListener.Health(isHealthy: result.status == .ok, body: body)
    }

    private func metricsListener(_ readiness: Readiness) throws -> MetricsListener? {
        guard let text = configuration.metricsListen else { return nil }
        return MetricsListener(
            address: try Self.address(text, option: .metricsListen),
            registry: registry,
            health: health,
            logger: logger,
            ready: { _ in readiness.report() }
        )
    }

    private static func address(_ text: String, option: ServerOption) throws -> RPCAddress {
        guard let address = RPCAddress(text) else {
            throw ConfigurationError(place: option.key, message: "“\(text)” is not an address. \(option.help)")
        }
        return address
    }
}
