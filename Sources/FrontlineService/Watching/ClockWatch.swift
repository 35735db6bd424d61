import Logging
import Storage
import Synchronization
import Timekeeping

/// Looks at the clock now and then while the server runs: notes the time, and raises the alarm when it cannot be believed.
struct ClockWatch: Sendable {
    private final class State: Sendable {
        let isBelieved = Mutex(true)
    }

    private let services: Services
    private let logger: Logger
    private let state = State()

    init(services: Services, logger: Logger) { (self.services, self.logger) = (services, logger) }

    /// Notes the time; what is not believed is logged when it begins and when it ends.
    func look() throws {
        let now = services.now()
        do {
            try services.store.writeNow { try services.clock.note(now, in: $0) }
            if tell(true) { logger.notice("the clock is believed again") }
        } catch let error as ClockError {
            if tell(false) { logger.critical("the clock is not believed", metadata: ["error": "\(error)"]) }
        }
    }

    /// Whether that is news.
    private func tell(_ isBelieved: Bool) -> Bool {
        state.isBelieved.withLock { known in
            defer { known = isBelieved }
            return known != isBelieved
        }
    }
}

extension Services {
    /// The time, where the clock is believed; nil where nothing may happen by time alone.
    func believedTime() throws -> Int64? {
        let now = now()
        do {
            try store.readNow { try clock.check(now, in: $0) }
            return now
        } catch is ClockError {
            return nil
        }
    }
}
