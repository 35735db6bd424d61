import BusinessCalendar
import Foundation
import Knowledge
import Logging
import Storage
import Versioning

/// Imports the watched folder of articles at start: from files that have changed since the last import, the articles
/// whose content was never published under their id.
///
/// Articles that people have retired, restored or imported since are kept as they are. Every failure is logged and none
/// is fatal. A folder `mappings` inside adds to the built-in mappings, a file `synonyms.yaml` defines synonyms, and a file
/// `learning.yaml` the bounds within which the use of articles moves them.
struct FolderImport {
    private static let kind = "knowledge"

    let services: Services
    let logger: Logger

    /// Imports the changes under `path` and loads its synonyms and bounds.
    func run(path: String) async {
        let folder = URL(fileURLWithPath: path).standardizedFileURL.path
        load(folder + "/synonyms.yaml", "the synonyms") { services.index.setSynonyms(try SynonymFile.read(path: $0)) }
        load(folder + "/learning.yaml", "the bounds of learning") {
            services.index.setLearningRules(try LearningFile.read(path: $0))
        }
        services.mappings.put(library(folder + "/mappings"))
        let (items, failures) = ImportSource.documents(of: [folder])
        for failure in failures { report(failure) }
        do {
            var changed: [ChangedFile] = []
            for item in items {
                if let file = try await changedFile(item) { changed.append(file) }
            }
            guard !changed.isEmpty else { return }
            try await importFiles(changed, library: services.mappings.library)
            try await services.index.catchUp()
        } catch {
            logger.error(
                "the articles of the folder could not be imported",
                metadata: ["error": "\(ErrorText.line(error))"]
            )
        }
    }

    /// Takes a file over, if there is one.
    private func load(_ path: String, _ content: String, _ take: (String) throws -> Void) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try take(path)
        } catch {
            logger.error("\(content) could not be read", metadata: ["error": "\(ErrorText.line(error))"])
        }
    }

    private func library(_ path: String) -> MappingLibrary {
        guard FileManager.default.fileExists(atPath: path) else { return .builtIn }
        do {
            return try MappingLibrary.builtIn.adding(path: path)
        } catch {
            logger.error("a mapping could not be read", metadata: ["error": "\(ErrorText.line(error))"])
            return .builtIn
        }
    }

    private struct ChangedFile {
        let item: ImportItem
        let sha256: String
    }

    private func changedFile(_ item: ImportItem) async throws -> ChangedFile? {
        guard let sha256 = ContentHash.sha256(ofFile: item.name) else { return nil }
        let isNew = try await services.store.read {
            try TakenFiles.isNew(kind: Self.kind, path: item.name, sha256: sha256, in: $0)
        }
        return isNew ? ChangedFile(item: item, sha256: sha256) : nil
    }

    private func importFiles(_ files: [ChangedFile], library: MappingLibrary) async throws {
        var request = ArticleImport(documents: files.map { ImportDocument($0.item) })
        request.library = library
        request.leavesPublished = true
        try await ReleaseGate(services).pass(
            .articles,
            of: request.source,
            isForced: false,
            reason: nil,
            by: .atStart,
            now: services.now()
        )
        let summary = try await services.knowledge.importArticles(request, by: .atStart, now: services.now())
        for failure in summary.failures { report(failure) }
        try await services.store.write { transaction in
            for file in files {
                try TakenFiles.note(kind: Self.kind, path: file.item.name, sha256: file.sha256, in: transaction)
            }
        }
        logger.info(
            "imported articles",
            metadata: [
                "files": "\(files.count)", "created": "\(summary.created)", "updated": "\(summary.updated)",
                "unchanged": "\(summary.unchanged)", "failed": "\(summary.failed)",
            ]
        )
    }

    private func report(_ failure: ImportFailure) {
        logger.warning(
            "not imported",
            metadata: [
                "file": "\(failure.file)", "line": "\(failure.line)", "record": "\(failure.record)",
                "error": "\(failure.error)",
            ]
        )
    }
}
