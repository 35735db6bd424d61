import Logging
import Storage
import Synchronization
import Timekeeping

/// Checks the clock periodically while the server runs: records the time, and logs an alarm if the clock is not
/// trusted or too far from that of a database server.
struct ClockWatch: Sendable {
    private final class State: Sendable {
        let isBelieved = Mutex(true)
        let isNear = Mutex(true)
    }

    private let services: Services
    private let logger: Logger
    private let state = State()

    init(services: Services, logger: Logger) { (self.services, self.logger) = (services, logger) }

    /// Records the time; logs when the clock stops being trusted and when it is trusted again.
    func look() async throws {
        lookAtSkew()
        let now = services.now()
        do {
            try await services.store.write { [services] in try services.clock.note(now, in: $0) }
            if tell(true) { logger.notice("the clock is trusted again") }
        } catch let error as ClockError {
            if tell(false) { logger.critical("the clock is not trusted", metadata: ["error": "\(error)"]) }
        }
    }

    private func lookAtSkew() {
        let error: ClockError?
        do throws(ClockError) {
            try services.clock.checkSkew()
            error = nil
        } catch let caught { error = caught }
        let hasChanged = state.isNear.withLock { isNear in
            defer { isNear = error == nil }
            return isNear != (error == nil)
        }
        guard hasChanged else { return }
        if let error {
            logger.critical("the clock is wrong", metadata: ["error": "\(error)"])
        } else {
            logger.notice("the clock agrees with the database's again")
        }
    }

    /// Stores whether the clock is trusted; returns whether that has changed.
    private func tell(_ isBelieved: Bool) -> Bool {
        state.isBelieved.withLock { known in
            defer { known = isBelieved }
            return known != isBelieved
        }
    }
}

extension Services {
    /// The time, if the clock is trusted; nil if nothing may happen because of time alone.
    func believedTime() async throws -> Int64? {
        let now = now()
        do {
            try await store.read { [clock] in try clock.check(now, in: $0) }
            return now
        } catch is ClockError {
            return nil
        }
    }
}
