import ArgumentParser
import BusinessCalendar
import Foundation
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import Knowledge
import Storage
import Vocabulary

struct KnowledgeImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import articles from files, folders and http(s) addresses.",
        discussion: """
            The dialect is recognised by the root element: native articles, MedQuAD, Mallard, DocBook, DITA, ServiceNow, \
            Atom, RSS, MediaWiki dumps, Confluence exports (the ZIP archive as it is), and whatever your own mapping \
            describes. Every sound record is imported; the report on standard \
            output names the others with file and line. The exit code is 1 when not one record could be taken.

            What one source brought belongs to it: a record with the id of another source's article fails unless --adopt is \
            given, and never makes it visible to more people. Addresses on this machine and in private networks are \
            refused, after redirections too, unless --allow-private-addresses is given or \
            FRONTLINE_ALLOW_PRIVATE_ADDRESSES is true; an answer may have 2 GiB.

            Into a data folder, articles are embedded as well if there is a sentence encoder; --encoder off leaves that to \
            the server. What is embedded when it is interrupted stays so.
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var encoder: EncoderOptions
    @Argument(help: "Files, folders and addresses.", completion: .file()) var paths: [String]
    @Option(help: "A mapping by name, or the path of a mapping file.") var mapping: String?
    @Option(
        name: .customLong("mappings"),
        help: "A folder with mapping files, beside the built-in ones and those in the folders named.",
        completion: .directory
    )
    var mappingFolder: String?
    @Option(help: "The source the articles belong to.") var source = "local"
    @Flag(help: "Take over articles of other sources that have the id of a record.") var adopt = false
    @Flag(help: "Retire what the source no longer holds; refused above a tenth of it.") var prune = false
    @Flag(help: "Prune whatever it takes away, and import although the calendar has a freeze; recorded.")
    var force = false
    @Flag(help: "Only report what would be done.") var dryRun = false
    @Flag(help: "Fetch from addresses on this machine and in private networks, too.") var allowPrivateAddresses = false
    @Option(help: "Write the report to this file as well.", completion: .file()) var report: String?

    func validate() throws {
        guard !source.isEmpty, source.count <= 200 else { throw ValidationError("a source has 1 to 200 characters") }
    }

    func run() async throws {
        let start = ContinuousClock.now
        let (items, failures) = ImportSource.documents(of: paths)
        let documents = items.map { ImportDocument($0, allowingPrivateAddresses: reachesPrivateAddresses) }
        var request = ArticleImport(documents: documents, source: source)
        request.library = try library()
        request.mapping = try mapping.map { try named($0, in: request.library) }
        request.adopts = adopt
        request.isDryRun = dryRun
        request.prunes = prune
        request.isForced = force
        if prune, !failures.isEmpty, !force {
            throw CommandFailure(message: "nothing was imported: \(failures[0].file): \(failures[0].error)")
        }
        let progress = ImportProgress()
        let summary = try await importArticles(request, progress, unreadable: failures)
        progress.finish()
        let time = (ContinuousClock.now - start).components
        let seconds = Double(time.seconds) + Double(time.attoseconds) / 1e18
        try finish(ImportReport(summary, source: request.source, seconds: seconds))
        if let refusal = summary.refusal { throw CommandFailure(message: refusal) }
    }

    private func importArticles(
        _ request: ArticleImport,
        _ progress: ImportProgress,
        unreadable: [ImportFailure]
    ) async throws -> ImportSummary {
        var summary: ImportSummary
        if try connection.isWanted(unless: data) {
            guard encoder.given == nil else { throw ValidationError("--encoder concerns a data folder, not a server") }
            summary = try await RemoteImport(connection: connection).run(request, progress: progress.show)
        } else {
            let folder = try data.open()
            if !dryRun { try await pass(ReleaseGate(folder), now: folder.now()) }
            do {
                summary = try await folder.knowledge.importArticles(
                    request,
                    by: .commandLine,
                    now: folder.now(),
                    progress: progress.show
                )
            } catch let error as KnowledgeError {
                throw CommandFailure(message: error.message)
            }
            if !dryRun {
                try await embed(folder, progress)
                try await folder.store.files?.checkpoint()
            }
        }
        for failure in unreadable { summary.fail(failure) }
        return summary
    }

    private func pass(_ gate: ReleaseGate, now: Int64) async throws {
        do {
            try await gate.pass(.articles, of: source, isForced: force, reason: nil, by: .commandLine, now: now)
        } catch let error as CalendarError {
            throw CommandFailure(message: error.message)
        }
    }

    /// Embeds the articles if there is an encoder, and saves the index for the commands that follow.
    private func embed(_ folder: DataFolder, _ progress: ImportProgress) async throws {
        guard let encoder = try encoder.open(for: data) else { return }
        let services = try Services(folder, encoder: encoder)
        try await services.embedArticles(progress: progress.show)
        try services.index.save()
    }

    private var reachesPrivateAddresses: Bool {
        allowPrivateAddresses
            || ProcessInfo.processInfo.environment["FRONTLINE_ALLOW_PRIVATE_ADDRESSES"]?.lowercased() == "true"
    }

    /// The built-in mappings, those in the folder `mappings` of every folder named, and those in the folder given.
    private func library() throws -> MappingLibrary {
        let inside = paths.map { $0 + "/mappings" }.filter { FileManager.default.fileExists(atPath: $0) }
        return try (inside + (mappingFolder.map { [$0] } ?? [])).reduce(MappingLibrary.builtIn) { library, folder in
            do {
                return try library.adding(path: folder)
            } catch {
                throw CommandFailure(message: "\(error)")
            }
        }
    }

    private func named(_ mapping: String, in library: MappingLibrary) throws -> Mapping {
        do {
            return try library.named(mapping)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    private func finish(_ result: ImportReport) throws {
        try Console.printJSON(result)
        if let report {
            let data = Data((try JSONEncoding.encode(result).text + "\n").utf8)
            guard FileManager.default.createFile(atPath: report, contents: data) else {
                throw CommandFailure(message: "\(report) cannot be written")
            }
        }
        if result.failed > 0 { Console.error(Self.summary(of: result)) }
        let taken = result.created + result.updated + result.unchanged + result.skipped
        if result.failed > 0, taken == 0 { throw ExitCode.failure }
    }

    /// Failures in one line, for those who do not read the report.
    private static func summary(of report: ImportReport) -> String {
        let records = report.failed == 1 ? "1 record was not taken" : "\(report.failed) records were not taken"
        guard let first = report.failures.first else { return records }
        let place = [first.file, first.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
        return "\(records); the first: \(place): \(first.error)"
    }
}
