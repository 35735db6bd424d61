import Alerts
package import DMN
import Foundation
import FrontlineProtocol
import Logging
import Policies
import Versioning

/// Publishes the models, signals and texts of the watched folder at start, if they were never published under their
/// name.
///
/// Sources that were published before are left in their current state, whether live, rolled out or rolled back. A model
/// whose test cases fail is not published. Every failure is logged and none is fatal. A policy is named after its file.
struct FolderPublication {
    let services: Services
    let logger: Logger

    /// What a run publishes.
    enum Part {
        case all
        case withoutCalendar
        case calendar

        func contains(_ file: String) -> Bool {
            switch self {
            case .all: true
            case .withoutCalendar: !RuleFile.isCalendar(file)
            case .calendar: RuleFile.isCalendar(file)
            }
        }
    }

    /// Publishes new files under `path`.
    func run(path: String, _ part: Part = .all) async {
        let folder = URL(fileURLWithPath: path).standardizedFileURL.path
        do {
            let files = try RuleFile.list([folder]).filter(part.contains)
            for (file, error) in await RepeatedAttempts.run(files, publish) { report(error, of: file) }
        } catch {
            logger.error("the folder of rules cannot be read", metadata: ["error": "\(ErrorText.line(error))"])
        }
    }

    private func publish(_ file: String) async throws {
        let source = try SourceFiles.text(file)
        guard let name = RuleFile.name(of: file) else { return }
        let shelf = RuleShelf(services)
        var standing = try await shelf.standing(of: name, source: source)
        if case .unknown = standing {
            let done = try await shelf.publish(
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
                "not published, because people have since put another version into force",
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

/// Finds the files of test cases of models.
package enum RuleTestFiles {
    /// Reads the files that `rules test` runs on a model; empty if the path is not a model.
    package static func sources(of model: String) throws -> [ModelSource] {
        guard model.hasSuffix(".dmn") else { return [] }
        return try RuleTests.files(of: model).map { ModelSource(bytes: Array(try SourceFiles.text($0).utf8), file: $0) }
    }
}
