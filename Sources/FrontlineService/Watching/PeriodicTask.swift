import Logging
import ServiceLifecycle
import Storage

/// Repeats an action, with a pause after each run, until the server stops.
///
/// A failure is logged, and the action is tried again after the pause.
struct PeriodicTask: Service {
    private let pause: Duration
    private let failure: Logger.Message
    private let logger: Logger
    private let action: @Sendable () async throws -> Void

    /// Creates a task; `failure` is the log message if the action throws.
    init(
        every pause: Duration,
        failure: Logger.Message,
        logger: Logger,
        action: @escaping @Sendable () async throws -> Void
    ) {
        self.pause = pause
        self.failure = failure
        self.logger = logger
        self.action = action
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await action()
                } catch {
                    logger.failure(failure, error)
                }
                await Task.pause(for: pause)
            }
        }
    }
}

extension Task where Success == Never, Failure == Never {
    /// Waits; returns at once when the task is cancelled, which the loops of services check themselves.
    static func pause(for duration: Duration) async { try? await sleep(for: duration) }
}

extension Logger {
    /// Logs that background work has failed; says nothing while the server stops, because that interrupts what is under way, and
    /// nothing of a database server that does not answer, which ``StoreWatch`` tells once.
    func failure(_ message: Logger.Message, _ error: any Error, level: Logger.Level = .error) {
        guard !Task.isCancelled else { return }
        let level = (error as? StorageError)?.code == .unavailable ? .debug : level
        log(level: level, message, metadata: ["error": "\(ErrorText.line(error))"])
    }
}
