import Access
import Alerts
import Logging
import Resolution
import Scripting
import Storage

/// What time alone brings about.
extension FrontlineServer {
    /// The tasks that let time act: on alerts, on requests that nobody decides, on scripts that nobody goes on with.
    static func timers(_ services: Services, logger: Logger) throws -> [PeriodicTask] {
        let checkpointer = try services.store.takeOverCheckpoints()
        let watch = ClockWatch(services: services, logger: logger)
        return [
            PeriodicTask(every: .seconds(30), failure: "the time cannot be noted", logger: logger) { try watch.look() },
            // The write-ahead log is kept short, so that no commit has to.
            PeriodicTask(
                every: .milliseconds(250),
                failure: "the log cannot be moved into the database",
                logger: logger
            ) {
                try await checkpointer.run()
            },
            // What was erased leaves the files of the store, however long a reader holds its log.
            PeriodicTask(every: .milliseconds(500), failure: "erasures cannot be finished", logger: logger) {
                try await services.erasureWatch.run(services.store, services.erasures, now: services.now())
            },
            // What has waited long enough escalates, wakes up or expires.
            PeriodicTask(every: .seconds(1), failure: "alerts cannot follow the time", logger: logger) {
                if let now = try services.believedTime() { try services.alerts.elapse(to: now) }
            },
            // What is overdue counts as expired by its time; this writes it, so that alerts and waiting scripts go on.
            PeriodicTask(every: .seconds(1), failure: "requests cannot expire", logger: logger) {
                try await services.authority.expireDue(now: services.now())
            },
            // A clock that is set back later must not make expired tokens count again.
            PeriodicTask(every: .seconds(60), failure: "the time could not be noted", logger: logger) {
                try services.tokens.noteTime(services.now())
            },
            // What integrations use is counted in memory and written now and then.
            PeriodicTask(every: .seconds(10), failure: "the use of tokens cannot be written", logger: logger) {
                try await services.usage.write()
            },
            PeriodicTask(every: .seconds(30), failure: "idle script sessions could not be ended", logger: logger) {
                guard let now = try services.believedTime() else { return }
                let ended = try services.sessions.expireIdle(now: now)
                if ended > 0 { logger.info("idle script sessions ended", metadata: ["sessions": "\(ended)"]) }
            },
        ]
    }
}
