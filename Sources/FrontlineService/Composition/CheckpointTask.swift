import Logging
import ServiceLifecycle
import Storage

/// Keeps the write-ahead log short while the server runs, so that no commit has to.
struct CheckpointTask: Service {
    private static let pause = Duration.milliseconds(250)

    let checkpointer: Checkpointer
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await checkpointer.run()
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("the log cannot be moved into the database", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
