import ArgumentParser
import Foundation
import FrontlineClient
import FrontlineProtocol
import Knowledge

/// Imports through a server: documents are read and checked here, and their articles sent in batches.
struct RemoteImport {
    /// A request line stays well below the server's limit.
    private static let batchBytes = 256 << 10

    private static let maximumRecord = 700_000
    /// So many failed records can be named to the server when it prunes.
    private static let maximumFailed = 1_000
    private static let opening = "<articles xmlns=\"urn:frontline:knowledge:1\">"

    let connection: ConnectionOptions

    /// Sends every sound record; the report is that of a local import.
    func run(_ request: ArticleImport, progress: @Sendable (ImportSummary) -> Void) async throws -> ImportSummary {
        let client = try await connection.open()
        var run = ImportRun(request: request, batchRecords: 200, batchBytes: Self.batchBytes)
        // Only pruning needs the server to remember what earlier batches held.
        let importID = request.prunes ? UUID().uuidString : nil
        var part = 0
        while let batch = run.nextBatch() {
            let records = sendable(batch, &run)
            if records.isEmpty { continue }
            part += 1
            var params = params(records, request)
            (params.importId, params.part) = (importID, importID.map { _ in part })
            add(try await client.call(KnowledgeImport.self, params), of: records, to: &run.summary)
            progress(run.summary)
        }
        if request.prunes { try await prune(request, (importID, part + 1), &run.summary, client) }
        await client.close()
        return run.summary
    }

    /// Asks the server to retire what no batch held.
    private func prune(
        _ request: ArticleImport,
        _ last: (importID: String?, part: Int),
        _ summary: inout ImportSummary,
        _ client: FrontlineClient
    ) async throws {
        if let refusal = refusal(of: summary, request) {
            summary.refusal = refusal
            return
        }
        var params = params([], request)
        (params.importId, params.part) = (last.importID, last.part)
        (params.prune, params.force) = (true, request.isForced)
        params.held = summary.held.failedIDs.sorted()
        let report = try await client.call(KnowledgeImport.self, params)
        summary.retired = report.retired
        summary.refusal = report.refusal
    }

    /// Why the server is not asked to prune: what it would go by is not known to be whole.
    private func refusal(of summary: ImportSummary, _ request: ArticleImport) -> String? {
        if summary.held.failedIDs.count > Self.maximumFailed {
            return "nothing was pruned: more than \(Self.maximumFailed) records failed; mend them first"
        }
        guard summary.held.isIncomplete, !request.isForced else { return nil }
        return "nothing was pruned: a document could not be read to its end; repair it, or force the pruning"
    }

    private func add(_ report: ImportReport, of records: [ImportRecord], to summary: inout ImportSummary) {
        summary.created += report.created
        summary.updated += report.updated
        summary.unchanged += report.unchanged
        for failure in report.failures {
            let error = ArticleError(.xml, failure.error)
            let record = records.first { $0.article.id == failure.record }
            let unknown = ImportFailure(record: failure.record, file: "server", line: 0, error: error)
            summary.fail(record?.failure(error) ?? unknown)
        }
    }

    /// The records that fit a request line; the others are reported.
    private func sendable(_ records: [ImportRecord], _ run: inout ImportRun) -> [ImportRecord] {
        records.filter { record in
            if record.content.utf8.count <= Self.maximumRecord { return true }
            let error = ArticleError(.length, "is too large to send; import it on the server's machine with --data")
            run.summary.fail(record.failure(error))
            run.summary.held.insertFailed(record.article.id)
            return false
        }
    }

    private func params(_ records: [ImportRecord], _ request: ArticleImport) -> KnowledgeImport.Params {
        KnowledgeImport.Params(
            xml: Self.opening + records.map(\.content).joined() + "</articles>",
            source: request.source,
            dryRun: request.isDryRun,
            adopt: request.adopts,
            force: request.isForced ? true : nil
        )
    }
}
