import Foundation
import Logging
import FrontlineProtocol
import Storage
import Versioning

/// Publishes the watched folder of rules at start: the models, signals and texts that changed since they were taken last.
///
/// Every failure is logged and none is fatal. A policy is named after its file.
struct FolderPublication {
    private static let kind = "rules"

    let services: Services
    let logger: Logger

    /// Publishes what changed under `path`; models that import others may need the others to be published first, so
    /// what failed is tried again as long as something else succeeds.
    func run(path: String) {
        let folder = URL(fileURLWithPath: path).standardizedFileURL
        var waiting = models(in: folder)
        var failures: [(file: URL, error: any Error)] = []
        repeat {
            failures = waiting.compactMap { file in
                do {
                    try publish(file)
                    return nil
                } catch {
                    return (file, error)
                }
            }
            let isStuck = failures.count == waiting.count
            waiting = failures.map(\.file)
            if isStuck { break }
        } while !waiting.isEmpty
        for (file, error) in failures {
            logger.error("not published", metadata: ["file": "\(file.path)", "error": "\(error)"])
        }
    }

    private func models(in folder: URL) -> [URL] {
        do {
            return try RuleFile.files(in: folder)
        } catch {
            logger.error("the folder of rules cannot be read", metadata: ["folder": "\(folder.path)"])
            return []
        }
    }

    private func publish(_ file: URL) throws {
        let source = try String(contentsOf: file, encoding: .utf8)
        let sha256 = ContentHash.sha256(source)
        let isNew = try services.store.readNow {
            try TakenFiles.isNew(kind: Self.kind, path: file.path, sha256: sha256, in: $0)
        }
        guard isNew else { return }
        guard let name = RuleFile.name(of: file) else { return }
        let publication = try RuleShelf(services).publish(
            name,
            source: source,
            note: "from \(file.lastPathComponent)",
            by: .atStart,
            now: services.now()
        )
        try services.store.writeNow {
            try TakenFiles.note(kind: Self.kind, path: file.path, sha256: sha256, in: $0)
        }
        for warning in publication.warnings { logger.warning("\(warning)") }
        logger.info("published", metadata: ["policy": "\(name)", "version": "\(publication.version)"])
    }
}
