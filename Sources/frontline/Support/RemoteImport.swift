import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import Knowledge

/// Imports through a server: documents are read and checked here, and their articles sent in batches.
struct RemoteImport {
    /// A request line stays well below the server's limit.
    private static let batchBytes = 256 << 10

    private static let maximumRecord = 700_000

    let connection: ConnectionOptions

    /// Sends every sound record; the report is that of a local import.
    func run(_ request: ArticleImport, progress: @Sendable (ImportSummary) -> Void) async throws -> ImportSummary {
        guard !request.prunes else {
            throw ValidationError("--prune works on the data folder itself; leave out --connect")
        }
        let client = try await connection.open()
        var run = ImportRun(request: request, batchRecords: 200, batchBytes: Self.batchBytes)
        while let batch = run.nextBatch() {
            let records = sendable(batch, &run)
            if records.isEmpty { continue }
            let report = try await client.call(KnowledgeImport.self, params(records, request))
            run.summary.created += report.created
            run.summary.updated += report.updated
            run.summary.unchanged += report.unchanged
            for failure in report.failures {
                let error = ArticleError(.xml, failure.error)
                run.summary.fail(ImportFailure(record: failure.record, file: "server", line: 0, error: error))
            }
            progress(run.summary)
        }
        await client.close()
        return run.summary
    }

    /// The records that fit a request line; the others are reported.
    private func sendable(_ records: [ImportRecord], _ run: inout ImportRun) -> [ImportRecord] {
        records.filter { record in
            if record.content.utf8.count <= Self.maximumRecord { return true }
            let error = ArticleError(.length, "is too large to send; import it on the server's machine with --data")
            run.summary.fail(
                ImportFailure(record: record.article.id, file: record.article.source, line: 0, error: error)
            )
            return false
        }
    }

    private func params(_ records: [ImportRecord], _ request: ArticleImport) -> KnowledgeImport.Params {
        let articles = records.map(\.content).joined()
        return KnowledgeImport.Params(
            xml: "<articles xmlns=\"urn:frontline:knowledge:1\">\(articles)</articles>",
            source: request.source,
            dryRun: request.isDryRun
        )
    }
}
