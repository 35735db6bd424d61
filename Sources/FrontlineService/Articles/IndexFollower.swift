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
                    await services.saveIndex(logger)
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
            logger.failure("the index cannot follow the store", error)
            return nil
        }
    }

    private func flushSearchLog() async {
        do {
            try await services.searchLog.flush()
        } catch {
            logger.failure("searches could not be logged", error, level: .warning)
        }
    }

    private func loadCompletions() async {
        do {
            services.index.setCompletionPhrases(try await services.knowledge.successfulQueries())
        } catch {
            logger.failure("past searches could not be read", error, level: .warning)
        }
    }
}

extension Services {
    /// Saves the index, on a quiet thread; a failure is logged, because the saved index is only a copy.
    func saveIndex(_ logger: Logger) async {
        await quietThreads.run { [index] in
            do {
                try index.save()
            } catch {
                logger.failure("the index could not be saved", error, level: .warning)
            }
        }
    }
}
