import Access
import Alerts
import Knowledge
import Measures
import Logging
import Resolution
import Scripting
import SignIn
import Storage
import WorkItems

/// The periodic tasks of the server.
extension FrontlineServer {
    /// The tasks that depend on time: the ageing of alerts, the expiry of undecided requests and of idle script
    /// sessions, the check of the store, and others.
    static func timers(_ services: Services, logger: Logger) throws -> [PeriodicTask] {
        let checkpointer = try services.store.files?.takeOverCheckpoints()
        let watch = ClockWatch(services: services, logger: logger)
        let duty = services.duty
        return [
            PeriodicTask(every: Duty.pause, failure: "the duties of servers cannot be settled", logger: logger) {
                for duty in services.duties { try await duty.renew() }
            },
            PeriodicTask(every: NodeDirectory.pause, failure: "the other servers cannot be told", logger: logger) {
                try await services.nodes.beat()
            },
            PeriodicTask(every: .seconds(30), failure: "the time cannot be recorded", logger: logger) {
                try await watch.look()
            },
            // Checkpoints the write-ahead log, so that no commit has to.
            PeriodicTask(
                every: .milliseconds(250),
                failure: "the log cannot be moved into the database",
                logger: logger
            ) {
                try await checkpointer?.run()
            },
            // Completes erasures in the files of the store, even if a reader holds the log for long.
            PeriodicTask(every: .milliseconds(500), failure: "erasures cannot be finished", logger: logger) {
                try await services.erasureWatch.run(services.store, services.erasures, now: services.now())
            },
            // Alerts escalate, wake up or expire.
            PeriodicTask(every: .seconds(1), failure: "alerts cannot be updated", logger: logger) {
                try await duty.run {
                    guard let now = try await services.believedTime() else { return }
                    try await services.alerts.elapse(to: now)
                }
            },
            // People are told what is due soon, and what is late becomes an alert.
            PeriodicTask(every: .seconds(1), failure: "work cannot be measured", logger: logger) {
                try await duty.run {
                    guard let now = try await services.believedTime() else { return }
                    try await services.work.elapse(to: now)
                }
            },
            // Overdue requests already count as expired; this records it, so that alerts and waiting scripts are
            // updated.
            PeriodicTask(every: .seconds(1), failure: "requests cannot expire", logger: logger) {
                try await duty.run { try await services.authority.expireDue(now: services.now()) }
            },
            // Recording the time prevents expired tokens from becoming valid again if the clock is set back.
            PeriodicTask(every: .seconds(60), failure: "the time could not be recorded", logger: logger) {
                try await services.tokens.noteTime(services.now())
            },
            // The use of tokens by integrations is counted in memory and written periodically.
            PeriodicTask(every: .seconds(10), failure: "the use of tokens cannot be written", logger: logger) {
                try await services.usage.write()
            },
            // The same for sessions, which end when they are not used.
            PeriodicTask(every: .seconds(15), failure: "the use of sessions cannot be written", logger: logger) {
                try await services.tokens.sessions.writeUses()
            },
            PeriodicTask(every: .seconds(3_600), failure: "sessions that are over cannot be deleted", logger: logger) {
                _ = try await duty.run { try await services.tokens.sessions.prune(now: services.now()) }
            },
            // The keys of the issuer are known before somebody signs in, and new ones soon after they are made.
            PeriodicTask(every: .seconds(5), failure: "the issuer of sign-ins cannot be asked", logger: logger) {
                try await services.signIn.issuer?.refresh(now: services.now())
            },
            // Figures follow what happens; who asks for them does not wait for this.
            PeriodicTask(every: .seconds(1), failure: "figures cannot be counted", logger: logger) {
                try await duty.run { try await services.measures.catchUp() }
            },
            PeriodicTask(every: .seconds(30), failure: "idle script sessions could not be ended", logger: logger) {
                let ended =
                    try await duty.run {
                        guard let now = try await services.believedTime() else { return 0 }
                        return try await services.sessions.expireIdle(now: now)
                    } ?? 0
                if ended > 0 { logger.info("idle script sessions ended", metadata: ["sessions": "\(ended)"]) }
            },
            // What was learned from use is forgotten when it is too old, or too much of one person or altogether.
            PeriodicTask(every: .seconds(600), failure: "precedents cannot be limited", logger: logger) {
                let deleted =
                    try await duty.run {
                        guard let now = try await services.believedTime() else { return 0 }
                        return try await services.knowledge.sweepPrecedents(services.index.learningRules, now: now)
                    } ?? 0
                if deleted > 0 { logger.info("precedents deleted", metadata: ["precedents": "\(deleted)"]) }
            },
            // Checks the integrity of the whole store, at start and once a day.
            PeriodicTask(every: .seconds(86_400), failure: "the store cannot be checked", logger: logger) {
                defer {
                    if let damage = services.store.damage {
                        logger.critical("the store is damaged: restore a backup", metadata: ["damage": "\(damage)"])
                    }
                }
                try await services.store.checkIntegrity()
            },
        ]
    }
}
