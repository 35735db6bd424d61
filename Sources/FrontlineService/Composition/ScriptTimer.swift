import Logging
import Scripting
import ServiceLifecycle

/// Ends the script sessions that nobody went on with.
struct ScriptTimer: Service {
    private static let pause = Duration.seconds(30)

    let services: Services
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let ended = try services.sessions.expireIdle(now: services.now())
                    if ended > 0 { logger.info("idle script sessions ended", metadata: ["sessions": "\(ended)"]) }
                } catch {
                    logger.error("idle script sessions could not be ended", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
