import Storage

/// The reading side of one import: turns documents into batches of records.
package struct ImportRun {
    private let batchRecords: Int
    private let batchBytes: Int

    let request: ArticleImport
    private let mappings: CompiledMappings
    /// What has been read so far and what was done with it.
    package var summary = ImportSummary()
    private var nextDocument = 0
    private var reader: ArticleReader?
    private var closeInput: @Sendable () -> Void = {}
    private var documentName = ""

    /// Prepares an import.
    ///
    /// - Parameters:
    ///   - request: the documents and options.
    ///   - batchRecords: the largest number of records in a batch.
    ///   - batchBytes: the size of content, in bytes, at which a batch ends.
    package init(request: ArticleImport, batchRecords: Int = 500, batchBytes: Int = 4 << 20) {
        self.request = request
        mappings = CompiledMappings(request.library)
        self.batchRecords = batchRecords
        self.batchBytes = batchBytes
    }

    /// The next batch; nil when every document has been read.
    package mutating func nextBatch() -> [ImportRecord]? {
        var (records, bytes): ([ImportRecord], Int) = ([], 0)
        while records.count < batchRecords, bytes < batchBytes, let outcome = nextOutcome() {
            switch outcome {
            case .article(let article, let line):
                guard let record = accept(article, line: line) else { continue }
                bytes += record.content.utf8.count
                records.append(record)
            case .failure(let failure): refuse(failure)
            case .skipped:
                summary.read += 1
                summary.skipped += 1
            }
        }
        return records.isEmpty ? nil : records
    }

    private mutating func nextOutcome() -> ArticleOutcome? {
        while true {
            if let outcome = reader?.next() { return outcome }
            closeDocument()
            guard nextDocument < request.documents.count else { return nil }
            openDocument(request.documents[nextDocument])
            nextDocument += 1
        }
    }

    private mutating func openDocument(_ document: ImportDocument) {
        documentName = document.name
        var options = ArticleReader.Options()
        options.mapping = request.mapping
        options.source = request.source
        do {
            let opened = try document.open()
            closeInput = opened.close
            reader = ArticleReader(opened.input, mappings: mappings, options: options)
        } catch {
            let reason = error as? ArticleError ?? ArticleError(.fetch, "\(error)")
            refuse(ImportFailure(record: "document", file: document.name, line: 0, error: reason))
        }
    }

    private mutating func closeDocument() {
        guard let reader else { return }
        summary.bytes += reader.bytesRead
        summary.reduced.merge(reader.reduced, uniquingKeysWith: +)
        self.reader = nil
        closeInput()
    }

    private mutating func accept(_ article: Article, line: Int) -> ImportRecord? {
        summary.read += 1
        let key = ArticleKey(id: article.id, locale: article.locale)
        guard summary.held.insert(key) else {
            let error = ArticleError(.id, "id: another record of this import already has the id '\(article.id)'")
            summary.fail(ImportFailure(record: article.id, file: documentName, line: line, error: error))
            return nil
        }
        let content = article.canonicalXML
        return ImportRecord(
            article: article,
            content: content,
            sha256: ContentHash.sha256(content),
            file: documentName,
            line: line
        )
    }

    private mutating func refuse(_ failure: ImportFailure) {
        if failure.record == "document" {
            summary.held.isIncomplete = true
        } else {
            summary.read += 1
            summary.held.insertFailed(failure.record)
        }
        if failure.hidesOthers { summary.held.isIncomplete = true }
        summary.fail(failure)
    }
}
