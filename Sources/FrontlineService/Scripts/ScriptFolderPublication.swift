import Foundation
import Logging
import Scripting
import Versioning

/// Publishes the scripts in the folder `scripts` of the watched rules at start, if they were never published under
/// their name.
///
/// Sources that were published before are left in their current state, whether live, partially rolled out or rolled
/// back. A script whose cases fail is not published. Every failure is logged and none is fatal. A script that runs
/// others requires that these are published first, so failures are retried as long as another script succeeds.
struct ScriptFolderPublication {
    let services: Services
    let logger: Logger

    /// Publishes new scripts in the folder `scripts` under `path`, if there is one.
    func run(path: String) async {
        let folder = URL(fileURLWithPath: path).standardizedFileURL.appendingPathComponent("scripts").path
        // The folder is optional.
        guard FileManager.default.fileExists(atPath: folder) else { return }
        do {
            let files = try SourceFiles.list([folder], matching: SourceFiles.isYAML)
            for (file, error) in await RepeatedAttempts.run(files, publish) { report(error, of: file) }
        } catch {
            logger.error("the folder of scripts cannot be read", metadata: ["error": "\(ErrorText.line(error))"])
        }
    }

    private func publish(_ file: String) async throws {
        let source = try SourceFiles.text(file)
        var standing = try await services.scripts.standing(of: source)
        if case .unknown = standing {
            let done = try await ScriptRelease(services).publish(
                source,
                note: "from \(SourceFiles.name(of: file))",
                file: SourceFiles.name(of: file),
                republication: .never,
                by: .atStart,
                now: services.now()
            )
            standing = done.standing
            if done.isNew {
                for warning in done.warnings { logger.warning("\(warning)") }
                let (id, version) = (done.script.definition.id, done.script.version)
                logger.info("published", metadata: ["script": "\(id)", "version": "\(version)"])
            }
        }
        if case .earlier(let earlier, let live) = standing, earlier.version != live {
            logger.notice(
                "not published, because people have since put another version into force or rolled this one out in part",
                metadata: [
                    "file": "\(file)", "is": "\(earlier.text)", "in_force": "\(live.map(String.init) ?? "none")",
                ]
            )
        }
    }

    private func report(_ error: any Error, of file: String) {
        let script = error as? ScriptError
        let message = script?.message ?? ErrorText.sentence(error)
        logger.error("not published", metadata: ["file": "\(file)", "error": "\(message)"])
        for detail in script?.details ?? [] { logger.error("\(detail)") }
    }
}
