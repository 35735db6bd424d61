import Logging
import ServiceLifecycle
import Storage

/// Sends logged events to subscribers: immediately after a commit of this process, within a fifth of a second after a
/// commit of another process, with heartbeats in between.
struct EventPump: Service {
    private static let pause = Duration.milliseconds(200)

    let services: Services
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await follow(services.hubs.alerts) }
                group.addTask { await follow(services.hubs.conversations) }
                group.addTask { await follow(services.hubs.work) }
                group.addTask {
                    while !Task.isCancelled {
                        await Task.pause(for: Self.pause)
                        await send(services.hubs.alerts)
                        await send(services.hubs.conversations)
                        await send(services.hubs.work)
                    }
                }
            }
        }
    }

    private func follow<Feed>(_ hub: EventHub<Feed>) async {
        for await _ in services.store.commits(to: Feed.log) { await send(hub) }
    }

    private func send<Feed>(_ hub: EventHub<Feed>) async {
        guard hub.count > 0 else { return }
        do {
            while try await hub.pump(now: services.now()) { await Task.yield() }
        } catch {
            logger.failure("subscribers cannot be served", error)
        }
    }
}
