package import Access
import Alerts
import Assist
package import FrontlineProtocol
package import JSONRPC
import Knowledge
package import Logging
import Measures
import Resolution
import Scripting
package import Vocabulary
import WorkItems

/// Calls methods in this process as any principal, for commands that act for several people on a data folder.
///
/// A call passes what a call over a connection passes, except for its text: the roles, the methods that the token is declared for,
/// the check of the parameters, the names of contacts. Calls are not ordered: the next one is made when the one before it has
/// returned. Nothing happens by itself: ``elapse()`` and ``sweep()`` do what a running server does from time to time.
package struct SubjectCalls: Sendable {
    private let services: Services
    private let answers: [String: any Sendable]

    /// Loads the index of a data folder.
    ///
    /// - Parameters:
    ///   - folder: the data folder, whose clock is the time of every call.
    ///   - randomness: where the random parts of ids come from.
    /// - Throws: the store's error.
    package init(_ folder: DataFolder, randomness: RandomSource = .system) throws {
        services = try Services(folder, randomness: randomness)
        answers = FrontlineServer.methodTable(services, metrics: { "" }).answers
    }

    /// Calls a method.
    ///
    /// - Throws: `RPCError` as the answer on the wire would have it; the error of the module if callers are not told of it.
    package func call<M: FrontlineMethod>(
        _ method: M.Type,
        _ params: M.Params,
        as principal: Principal
    ) async throws -> M.Result {
        guard let answer = answers[M.name] as? MethodAnswer<M> else {
            throw RPCError(.methodNotFound, "\(M.name) needs a connection")
        }
        let now = services.now()
        if case .roles(let roles) = M.access { try services.admit(principal, to: M.name, of: roles, now: now) }
        try M.validate(params)
        do { return try await answer.run(params, Caller(principal: principal, now: now)) } catch {
            if let refusal = WireErrors.error(for: error) { throw refusal }
            throw error
        }
    }

    /// The same with parameters as they are on the wire.
    package func call<M: FrontlineMethod>(
        _ method: M.Type,
        members: JSON,
        as principal: Principal
    ) async throws -> M.Result {
        try await call(method, JSONDecoding.decode(M.Params.self, from: members), as: principal)
    }

    /// Publishes and imports what two folders contain, as a server does at its start; failures are logged.
    package func publish(knowledge: String, rules: String, logger: Logger) async throws {
        TelephoneSetting(logger: logger).run(path: rules)
        await FolderImport(services: services, logger: logger).run(path: knowledge)
        let publication = FolderPublication(services: services, logger: logger)
        await publication.run(path: rules, .withoutCalendar)
        await ScriptFolderPublication(services: services, logger: logger).run(path: rules)
        await publication.run(path: rules, .calendar)
        try await services.assistant.warmUp()
        try await catchUp()
    }

    /// Has the index follow the store; needed after articles have changed.
    package func catchUp() async throws { try await services.index.catchUp() }

    /// Does what a server does every second: alerts, work and requests grow old.
    ///
    /// Where nothing is due, it only reads.
    package func elapse() async throws {
        let now = services.now()
        try await services.alerts.elapse(to: now)
        try await services.work.elapse(to: now)
        try await services.authority.expireDue(now: now)
    }

    /// Does what a server does every few seconds or minutes: idle sessions end, searches and figures are written.
    package func sweep() async throws {
        _ = try await services.sessions.expireIdle(now: services.now())
        try await services.searchLog.flush()
        try await services.usage.write()
        try await services.measures.catchUp()
    }

    /// Ends the work: everything that is only in memory is written, and the index is saved.
    package func finish() async throws {
        try await sweep()
        try await services.tokens.noteTime(services.now())
        try services.index.save()
    }
}
