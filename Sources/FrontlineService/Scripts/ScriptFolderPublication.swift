import Foundation
import Logging
import Scripting
import Versioning

/// Puts the folder `scripts` of the watched rules in force at start: the scripts that were never published under their name.
///
/// What was published before stays as people left it, whichever way it came: live, given to a share or to teams, rolled
/// back. A script whose cases fail is not put in force. Every failure is logged and none is fatal. Scripts that run others
/// need those first, so what failed is tried again as long as something else succeeds.
struct ScriptFolderPublication {
    let services: Services
    let logger: Logger

    /// Publishes what is new in the folder `scripts` under `path`, if there is one.
    func run(path: String) {
        let folder = URL(fileURLWithPath: path).standardizedFileURL.appendingPathComponent("scripts").path
        // There may be no scripts.
        guard let files = try? SourceFiles.list([folder], matching: SourceFiles.isYAML) else { return }
        for (file, error) in RepeatedAttempts.run(files, publish) { report(error, of: file) }
    }

    private func publish(_ file: String) throws {
        let source = try SourceFiles.text(file)
        var standing = try services.scripts.standing(of: source)
        if case .unknown = standing {
            let done = try services.scripts.publish(
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
                "not published, for people have put another version in force since, or given this one to some",
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
