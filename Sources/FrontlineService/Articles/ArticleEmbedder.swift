import Assist
import Foundation
package import Knowledge
import Logging
import Metrics
import ServiceLifecycle
import Storage

/// Gives articles their vectors in the background, as they are published and changed, and saves the index when all have
/// theirs; then the words after which articles were used.
///
/// Of several servers with the same encoder one encodes, and the others take its vectors from the store. One that has waited in vain
/// for ``patience`` encodes by itself: its passages may be those of another version of the product.
struct ArticleEmbedder: Service {
    private static let pause = Duration.milliseconds(200)
    private static let pauseAfterFailure = Duration.seconds(5)
    private static let reportEvery = Duration.seconds(60)
    private static let sweepEvery = Duration.seconds(86_400)
    private static let patience = Duration.seconds(30)

    let services: Services
    let logger: Logger
    private let passages = Gauge(label: "frontline_passages")
    private let embedded = Gauge(label: "frontline_passages_embedded")
    private let precedents = Gauge(label: "frontline_precedents")

    private let meaning: MeaningIndex

    /// Nil without a model.
    init?(services: Services, logger: Logger) {
        guard let meaning = services.index.meaning else { return nil }
        (self.services, self.logger, self.meaning) = (services, logger, meaning)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var reported = ContinuousClock.now
            var swept: ContinuousClock.Instant?
            // How many passages were embedded when this began to work.
            var begun: Int?
            var waiting = Waiting()
            await prepareSuggestions()
            while !Task.isCancelled {
                let progress = meaning.progress
                passages.record(progress.passages)
                embedded.record(progress.embedded)
                switch await step(encodes: waiting.isInVain(progress)) {
                case .worked:
                    if begun == nil { begun = progress.embedded }
                    if ContinuousClock.now - reported > Self.reportEvery {
                        report("articles are being embedded", meaning.progress)
                        reported = .now
                    }
                    continue
                case .failed: await Task.pause(for: Self.pauseAfterFailure)
                case .idle:
                    if begun != nil, progress.isComplete {
                        report("every article is embedded", progress)
                        await services.saveIndex(logger)
                        begun = nil
                    }
                    if progress.isComplete, swept.map({ ContinuousClock.now - $0 > Self.sweepEvery }) ?? true {
                        await sweep()
                        swept = .now
                    }
                    precedents.record(services.index.learning?.encoded ?? 0)
                    if await learn() { continue }
                    await Task.pause(for: Self.pause)
                }
            }
        }
    }

    /// Encodes what suggestions are compared with, a little at a time, so that a server can end in between.
    private func prepareSuggestions() async {
        let suggester = services.assistant.suggester
        while !Task.isCancelled {
            if await services.quietThreads.run({ suggester.prepare(atMost: 4) }) { return }
        }
    }

    private enum Step {
        case worked, idle, failed
    }

    /// Since when nothing has come of waiting for another server.
    private struct Waiting {
        private var embedded = 0
        private var since = ContinuousClock.now

        mutating func isInVain(_ progress: MeaningIndex.Progress) -> Bool {
            if progress.isComplete || progress.embedded != embedded { (embedded, since) = (progress.embedded, .now) }
            return .now - since > ArticleEmbedder.patience
        }
    }

    private func step(encodes isNeeded: Bool) async -> Step {
        do {
            let encodes = isNeeded || services.embedding?.isHeld ?? true
            let hasWorked = try await services.index.embedNext(
                on: services.quietThreads,
                encodes: encodes,
                now: services.now()
            )
            return hasWorked ? .worked : .idle
        } catch is CancellationError {
            return .idle
        } catch {
            logger.failure("articles cannot be embedded", error)
            return .failed
        }
    }

    /// Encodes some of what was said before articles were used; returns whether there was anything to do.
    private func learn() async -> Bool {
        do {
            return try await services.learning?.run { try await services.index.learnNext(on: services.quietThreads) }
                ?? false
        } catch is CancellationError {
            return false
        } catch {
            logger.failure("words after which articles were used cannot be encoded", error, level: .warning)
            return false
        }
    }

    private func report(_ message: Logger.Message, _ progress: MeaningIndex.Progress) {
        logger.info(
            message,
            metadata: ["passages": "\(progress.passages)", "embedded": "\(progress.embedded)"]
        )
    }

    private func sweep() async {
        do {
            let deleted = try await services.embedding?.run {
                try await services.index.sweepVectors(sparing: services.nodes.otherEncoders, now: services.now()) ?? 0
            }
            if let deleted, deleted > 0 {
                logger.info("vectors of no article deleted", metadata: ["vectors": "\(deleted)"])
            }
        } catch is CancellationError {
            return
        } catch {
            logger.failure("vectors of no article cannot be deleted", error, level: .warning)
        }
    }
}

extension Services {
    /// Gives every article its vectors, and the words after which articles were used theirs, and returns when all have
    /// theirs; does nothing without an encoder.
    ///
    /// For commands, which have nothing else to do: it uses every processor.
    ///
    /// - Parameter progress: called after every step.
    /// - Throws: the store's error.
    package func embedArticles(progress: (MeaningIndex.Progress) -> Void = { _ in }) async throws {
        guard let meaning = index.meaning else { return }
        try await index.catchUp()
        let threads = QuietThreads(count: ProcessInfo.processInfo.activeProcessorCount, niceness: 0)
        while try await index.embedNext(on: threads, now: now()) { progress(meaning.progress) }
        while try await index.learnNext(on: threads) {}
    }
}
