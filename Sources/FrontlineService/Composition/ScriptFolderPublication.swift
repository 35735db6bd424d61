import Foundation
import Logging
import Scripting
import Storage
import Versioning

/// Publishes the folder `scripts` of the watched rules at start: the scripts that changed since they were taken last.
///
/// Every failure is logged and none is fatal. Scripts that run others need those first, so what failed is tried again as
/// long as something else succeeds.
struct ScriptFolderPublication {
    private static let kind = "scripts"

    let services: Services
    let logger: Logger

    /// Publishes what changed in the folder `scripts` under `path`, if there is one.
    func run(path: String) {
        let folder = URL(fileURLWithPath: path).standardizedFileURL.appendingPathComponent("scripts")
        var waiting = Self.files(in: folder)
        while !waiting.isEmpty {
            let failures = waiting.compactMap { file -> (file: URL, error: any Error)? in
                do {
                    try publish(file)
                    return nil
                } catch {
                    return (file: file, error: error)
                }
            }
            guard failures.count < waiting.count else { return failures.forEach(report) }
            waiting = failures.map(\.file)
        }
    }

    /// The scripts of a folder in the order of their names; none where there is no such folder.
    static func files(in folder: URL) -> [URL] {
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).filter { ["yaml", "yml"].contains($0.pathExtension) }.sorted { $0.path < $1.path }
    }

    private func publish(_ file: URL) throws {
        let source = try String(contentsOf: file, encoding: .utf8)
        let sha256 = ContentHash.sha256(source)
        let isNew = try services.store.readNow {
            try TakenFiles.isNew(kind: Self.kind, path: file.path, sha256: sha256, in: $0)
        }
        guard isNew else { return }
        let publication = try services.scripts.publish(
            source,
            note: "from \(file.lastPathComponent)",
            file: file.lastPathComponent,
            by: .atStart,
            now: services.now()
        )
        try services.store.writeNow {
            try TakenFiles.note(kind: Self.kind, path: file.path, sha256: sha256, in: $0)
        }
        for warning in publication.warnings { logger.warning("\(warning)") }
        let script = publication.script
        logger.info("published", metadata: ["script": "\(script.definition.id)", "version": "\(script.version)"])
    }

    private func report(_ failure: (file: URL, error: any Error)) {
        let details = (failure.error as? ScriptError)?.details ?? []
        logger.error(
            "not published",
            metadata: ["file": "\(failure.file.path)", "error": "\(failure.error)"]
        )
        for detail in details { logger.error("\(detail)") }
    }
}
