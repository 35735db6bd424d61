import Knowledge
import Logging
import ServiceLifecycle
import Storage

/// Gives searches and comments their vectors in the background, so that gaps and complaints can be grouped at once.
struct GroupingEmbedder: Service {
    /// What is newer is encoded when somebody asks for the groups.
    private static let pause = Duration.seconds(20)

    private let services: Services
    private let vectors: GroupingVectors
    private let logger: Logger

    /// Nil without a model.
    init?(services: Services, logger: Logger) {
        guard let vectors = services.grouping else { return nil }
        (self.services, self.vectors, self.logger) = (services, vectors, logger)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var seen: UInt64?
            while !Task.isCancelled {
                let mark = services.store.commitMark
                if mark != seen {
                    do {
                        try await follow()
                        seen = mark
                    } catch {
                        logger.failure("searches cannot be encoded", error, level: .warning)
                    }
                }
                await Task.pause(for: Self.pause)
            }
        }
    }

    /// Drops the vectors of what is gone, and encodes what has none, a little at a time.
    private func follow() async throws {
        let texts = try await services.knowledge.groupedTexts(since: 0, by: vectors)
        vectors.retain(texts)
        await vectors.encode(texts)
    }
}
