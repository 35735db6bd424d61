import Alerts
package import DMN
import Foundation
import FrontlineProtocol
import Logging
import Policies
import Versioning

/// Puts the models, signals and texts of the watched folder in force at start: those that were never published under their name.
///
/// What was published before stays as people left it, whichever way it came: live, rolled out, rolled back. A model whose
/// test cases fail is not put in force. Every failure is logged and none is fatal. A policy is named after its file.
struct FolderPublication {
    let services: Services
    let logger: Logger

    /// Publishes what is new under `path`.
    func run(path: String) {
        let folder = URL(fileURLWithPath: path).standardizedFileURL.path
        do {
            let files = try RuleFile.list([folder])
            for (file, error) in RepeatedAttempts.run(files, publish) { report(error, of: file) }
        } catch {
            logger.error("the folder of rules cannot be read", metadata: ["error": "\(ErrorText.line(error))"])
        }
    }

    private func publish(_ file: String) throws {
        let source = try SourceFiles.text(file)
        guard let name = RuleFile.name(of: file) else { return }
        let shelf = RuleShelf(services)
        var standing = try shelf.standing(of: name, source: source)
        if case .unknown = standing {
            let done = try shelf.publish(
                RuleSubmission(
                    name: name,
                    source: source,
                    note: "from \(SourceFiles.name(of: file))",
                    tests: try RuleTestFiles.sources(of: file),
                    republication: .never
                ),
                by: .atStart,
                now: services.now()
            )
            standing = done.standing
            if done.isNew {
                for warning in done.result.warnings { logger.warning("\(warning)") }
                logger.info("published", metadata: ["policy": "\(name)", "version": "\(done.result.version)"])
            }
        }
        if case .earlier(let earlier, let live) = standing {
            logger.notice(
                "not published, for people have put another version in force since",
                metadata: [
                    "file": "\(file)", "is": "\(earlier.text)", "in_force": "\(live.map(String.init) ?? "none")",
                ]
            )
        }
    }

    private func report(_ error: any Error, of file: String) {
        logger.error("not published", metadata: ["file": "\(file)", "error": "\(ErrorText.sentence(error))"])
        for detail in ErrorText.details(error) { logger.error("\(detail)") }
    }
}

/// The files of test cases beside models.
package enum RuleTestFiles {
    /// The files that `rules test` runs on a model, read; none for what is no model.
    package static func sources(of model: String) throws -> [ModelSource] {
        guard model.hasSuffix(".dmn") else { return [] }
        return try RuleTests.files(of: model).map { ModelSource(bytes: Array(try SourceFiles.text($0).utf8), file: $0) }
    }
}
