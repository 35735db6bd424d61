import Logging
import ServiceLifecycle
import Storage

/// Checks the integrity of the whole store in the background, at start and once a day.
struct IntegrityCheck: Service {
    private static let pause = Duration.seconds(86_400)

    let store: Store
    let logger: Logger

    init(services: Services, logger: Logger) {
        store = services.store
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await store.checkIntegrity()
                } catch {
                    if Task.isCancelled { return }
                    logger.error("the store cannot be checked", metadata: ["error": "\(error)"])
                }
                if let damage = store.damage {
                    logger.critical("the store is damaged: restore a backup", metadata: ["damage": "\(damage)"])
                }
                await Task.pause(for: Self.pause)
            }
        }
    }
}
