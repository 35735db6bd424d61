import Assist
import Logging
import Scripting
import ServiceLifecycle
import Storage

/// Gives the examples of scripts their vectors in the background, as versions are published and rolled out.
struct ScriptEmbedder: Service {
    private static let pause = Duration.milliseconds(200)
    private static let pauseAfterFailure = Duration.seconds(5)
    /// Texts that are encoded at a time, so that a server can end in between.
    private static let encodedAtOnce = 8

    private let services: Services
    private let meaning: ScriptMeaning
    private let logger: Logger

    /// Nil without a model.
    init?(services: Services, logger: Logger) {
        guard let meaning = services.assistant.scriptMeaning else { return nil }
        (self.services, self.meaning, self.logger) = (services, meaning, logger)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var (mark, revision): (UInt64?, Int64?) = (nil, nil)
            while !Task.isCancelled {
                do {
                    let current = services.store.commitMark
                    if current != mark {
                        let now = try await services.scripts.revision()
                        if now != revision { try await follow() }
                        (mark, revision) = (current, now)
                    }
                    await Task.pause(for: Self.pause)
                } catch {
                    logger.failure("the examples of scripts cannot be encoded", error, level: .warning)
                    await Task.pause(for: Self.pauseAfterFailure)
                }
            }
        }
    }

    private func follow() async throws {
        let scripts = try await services.scripts.versionsInForce().map { FindableScript($0) }
        while !Task.isCancelled {
            let isDone = await services.quietThreads.run { [meaning] in
                meaning.prepare(scripts, atMost: Self.encodedAtOnce)
            }
            if isDone { return }
        }
    }
}

extension Services {
    /// Gives the examples of every script in force their vectors; does nothing without an encoder.
    ///
    /// - Throws: the store's error.
    package func embedScripts() async throws {
        guard let meaning = assistant.scriptMeaning else { return }
        let scripts = try await scripts.versionsInForce().map { FindableScript($0) }
        await quietThreads.run { _ = meaning.prepare(scripts) }
    }
}
