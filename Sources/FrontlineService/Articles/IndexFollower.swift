import Knowledge
import Logging
import ServiceLifecycle
import Storage

/// Keeps the index up to date with changes of the store by any process, saves it from time to time, and writes the log
/// of searches.
struct IndexFollower: Service {
    private static let pause = Duration.milliseconds(200)
    private static let saveEvery = Duration.seconds(600)

    let services: Services
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var mark: UInt64?
            var saved = ContinuousClock.now
            await loadCompletions()
            while !Task.isCancelled {
                mark = await follow(since: mark)
                await flushSearchLog()
                if ContinuousClock.now - saved > Self.saveEvery {
                    save()
                    await loadCompletions()
                    saved = .now
                }
                await Task.pause(for: Self.pause)
            }
        }
    }

    /// Catches up if anything was committed since the mark; returns the new mark.
    private func follow(since mark: UInt64?) async -> UInt64? {
        do {
            let current = services.store.commitMark
            if current != mark {
                try await services.index.catchUp()
                services.index.maintain()
            }
            return current
        } catch {
            logger.error("the index cannot follow the store", metadata: ["error": "\(ErrorText.line(error))"])
            return nil
        }
    }

    private func flushSearchLog() async {
        do {
            try await services.searchLog.flush()
        } catch {
            logger.warning("searches could not be logged", metadata: ["error": "\(ErrorText.line(error))"])
        }
    }

    private func loadCompletions() async {
        do {
            services.index.setCompletionPhrases(try await services.knowledge.successfulQueries())
        } catch {
            logger.warning("past searches could not be read", metadata: ["error": "\(ErrorText.line(error))"])
        }
    }

    private func save() {
        do {
            try services.index.save()
        } catch {
            logger.warning("the index could not be saved", metadata: ["error": "\(ErrorText.line(error))"])
        }
    }
}
