import Storage

/// The reading side of one import: documents in, batches of records out.
package struct ImportRun {
    private let batchRecords: Int
    private let batchBytes: Int

    let request: ArticleImport
    private let mappings: CompiledMappings
    /// What was read so far, and what was done with it.
    package var summary = ImportSummary()
    private var seen: Set<String> = []
    private var failedIDs: Set<String> = []
    /// Whether a document could not be read to its end.
    private(set) var isIncomplete = false
    private var nextDocument = 0
    private var reader: ArticleReader?
    private var closeInput: @Sendable () -> Void = {}
    private var documentName = ""

    /// Begins an import.
    ///
    /// - Parameters:
    ///   - request: what is read, and how.
    ///   - batchRecords: how many records a batch has at most.
    ///   - batchBytes: the bytes of content after which a batch ends.
    package init(request: ArticleImport, batchRecords: Int = 500, batchBytes: Int = 4 << 20) {
        self.request = request
        mappings = CompiledMappings(request.library)
        self.batchRecords = batchRecords
        self.batchBytes = batchBytes
    }

    /// Whether the documents hold the article.
    ///
    /// A record that failed counts in every language, for its own is not known.
    func holds(_ key: ArticleKey) -> Bool { seen.contains(key.text) || failedIDs.contains(key.id) }

    /// The next records; nil when every document is read.
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
        guard seen.insert(key.text).inserted else {
            let error = ArticleError(.id, "id: another record of this import has the id '\(article.id)' already")
            summary.fail(ImportFailure(record: article.id, file: documentName, line: line, error: error))
            return nil
        }
        let content = article.canonicalXML
        return ImportRecord(article: article, content: content, sha256: ContentHash.sha256(content))
    }

    private mutating func refuse(_ failure: ImportFailure) {
        if failure.record == "document" {
            isIncomplete = true
        } else {
            summary.read += 1
            failedIDs.insert(failure.record)
        }
        summary.fail(failure)
    }
}
