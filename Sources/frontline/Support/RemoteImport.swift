import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import Knowledge

/// Imports through a server: documents are read and checked here, and their articles sent in batches.
struct RemoteImport {
    /// A request line stays well below the server's limit.
    private static let batchBytes = 256 << 10

    let connection: ConnectionOptions

    /// Sends every sound record; the report is that of a local import.
    func run(_ request: ArticleImport, progress: @Sendable (ImportSummary) -> Void) async throws -> ImportSummary {
        guard !request.prunes else {
            throw ValidationError("--prune works on the data folder itself; leave out --connect")
        }
        let client = try await connection.open()
        var run = ImportRun(request: request, batchRecords: 200, batchBytes: Self.batchBytes)
        while let records = run.nextBatch() {
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

    private func params(_ records: [ImportRecord], _ request: ArticleImport) -> KnowledgeImport.Params {
        let articles = records.map(\.content).joined()
        return KnowledgeImport.Params(
            xml: "<articles xmlns=\"urn:frontline:knowledge:1\">\(articles)</articles>",
            source: request.source,
            dryRun: request.isDryRun
        )
    }
}
