import Logging
import ServiceLifecycle
import Storage

/// Sends subscribers what was logged: at once after a commit of this process, within a fifth of a second after one of
/// another, and heartbeats between.
struct EventPump: Service {
    private static let pause = Duration.milliseconds(200)

    let services: Services
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    for await _ in services.store.commits() { await send() }
                }
                group.addTask {
                    while !Task.isCancelled {
                        try? await Task.sleep(for: Self.pause)
                        await send()
                    }
                }
            }
        }
    }

    private func send() async {
        guard !services.hubs.isQuiet else { return }
        do {
            while try await services.hubs.pump(now: services.now()) { await Task.yield() }
        } catch {
            logger.error("subscribers cannot be served", metadata: ["error": "\(ErrorText.line(error))"])
        }
    }
}
