import Archives
package import LibXML

/// The result of reading one record of an import.
package enum ArticleOutcome: Sendable {
    /// A valid article and the line on which its record begins.
    case article(Article, line: Int)
    /// A record that cannot become an article, or the place where the document cannot be read further.
    case failure(ImportFailure)
    /// A record that the mapping leaves out.
    case skipped(record: String, line: Int)
}

/// A line of the import report.
package struct ImportFailure: Equatable, Sendable {
    /// The record's id, or `#` and its number, or `document` for the file itself.
    package var record: String
    package var file: String
    /// Counted from 1; 0 when it is unknown.
    package var line: Int
    package var error: ArticleError
    /// Whether other records may have been lost with it.
    package var hidesOthers = false

    package init(record: String, file: String, line: Int, error: ArticleError) {
        self.record = record
        self.file = file
        self.line = line
        self.error = error
    }
}

package enum ArticleInput: Sendable {
    case file(path: String)
    /// Bytes in memory; `name` stands for them in reports.
    case bytes([UInt8], name: String)
    /// A downloaded file; `name` is its origin, for reports.
    case download(path: String, name: String)

    package var name: String {
        switch self {
        case .file(let path): path
        case .download(_, let name): name
        case .bytes(_, let name): name
        }
    }
}

/// Reads the articles of one document of any dialect and size, one after the other.
///
/// Memory is bounded by one record and a piece of 64 KiB. An invalid record is one of the outcomes. Where the XML
/// itself is broken, a failure reports the place and reading continues with the next recognisable record. Not
/// `Sendable`: use it from one thread at a time.
///
/// A document whose dialect requires it is read twice (a wiki for its redirects, a Confluence export for its pages);
/// the first pass runs when the first outcome is requested. A ZIP archive is read if it is a Confluence export, without
/// unpacking to disk; lines then refer to its `entities.xml`.
package final class ArticleReader {
    package struct Options: Sendable {
        /// The mapping to use for any root element; nil chooses by the root element.
        package var mapping: Mapping?
        /// The collection the articles belong to.
        package var source = "local"
        package var limits = XMLLimits()

        package init() {}
    }

    private let input: ArticleInput
    private let limits: XMLLimits
    private let file: String
    private let interpreter: RecordInterpreter
    private var records: XMLRecordReader?
    private var isFinished = false
    private var outcomes: [ArticleOutcome] = []
    private var position = 0

    /// Opens a document; if that fails, the first outcome is the failure.
    ///
    /// - Parameters:
    ///   - input: The document.
    ///   - mappings: The dialects to choose from. Share one value among the documents of an import, since it compiles
    ///     each mapping once.
    ///   - options: How to read.
    package init(
        _ input: ArticleInput,
        mappings: CompiledMappings = CompiledMappings(),
        options: Options = Options()
    ) {
        self.input = input
        self.file = input.name
        self.limits = options.limits
        self.interpreter = RecordInterpreter(file: input.name, library: mappings, options: options)
        open()
    }

    /// Starts reading the document from the beginning.
    private func open() {
        do {
            records = try reader()
        } catch {
            records = nil
            fail(error)
        }
    }

    private func reader() throws -> XMLRecordReader {
        let interpreter = interpreter
        let recognise = { (root: XMLElement) in try interpreter.recognise(root) }
        if let stream = try ExportStream(input) {
            return try XMLRecordReader(stream: stream, file: file, limits: limits, recognise: recognise)
        }
        return switch input {
        case .file(let path), .download(let path, _):
            try XMLRecordReader(path: path, limits: limits, recognise: recognise)
        case .bytes(let bytes, let name):
            try XMLRecordReader(bytes: bytes, file: name, limits: limits, recognise: recognise)
        }
    }

    /// The bytes read so far.
    package var bytesRead: Int { records?.bytesRead ?? 0 }

    /// How often elements outside the markup subset were reduced to their text, by name; at most 1,000 names.
    package var reduced: [String: Int] { interpreter.reduced }

    /// The dialect, once the root element has been seen: `native` or the mapping's name.
    package var dialect: String? { interpreter.dialect }

    /// The next outcome, in document order; `nil` at the end.
    package func next() -> ArticleOutcome? {
        while position == outcomes.count {
            outcomes.removeAll(keepingCapacity: true)
            position = 0
            guard readPiece() || !outcomes.isEmpty else { return nil }
        }
        position += 1
        return outcomes[position - 1]
    }

    private func readPiece() -> Bool {
        guard let records, !isFinished else { return false }
        do {
            let goesOn = try records.readPiece { record, isComplete in
                if let outcome = interpreter.interpret(record, isComplete: isComplete) { outcomes.append(outcome) }
            }
            return goesOn || endReading(isWhole: true)
        } catch {
            return resume(after: error, records)
        }
    }

    /// Ends a pass; returns whether a second one follows.
    private func endReading(isWhole: Bool) -> Bool {
        if interpreter.isSurveying {
            outcomes += interpreter.endSurvey()
            open()
            return records != nil
        }
        outcomes += interpreter.finish(isWhole: isWhole)
        isFinished = true
        return false
    }

    /// Reports where the document is broken and resumes after that; returns `false` if that is not possible.
    private func resume(after error: any Error, _ records: XMLRecordReader) -> Bool {
        if interpreter.isSurveying {
            // During the first pass nothing is reported: the second one reaches the same place.
            let resumption = error is XMLError ? records.resume(recordsNest: interpreter.recordsNest) : .stopped
            return resumption == .resumed || endReading(isWhole: false)
        }
        var record: String?
        let resumption =
            error is XMLError
            ? records.resume(recordsNest: interpreter.recordsNest) { record = interpreter.label(ofBroken: $0) }
            : .stopped
        switch resumption {
        case .resumed: fail(error, record: record ?? "document")
        case .ended: fail(error)
        case .stopped:
            let isGivenUp = (error as? XMLError)?.isRecoverable ?? false
            fail(error, and: isGivenUp ? "; what follows was not read" : "")
        }
        return resumption == .resumed || endReading(isWhole: resumption == .ended)
    }

    private func fail(_ error: any Error, record: String = "document", and more: String = "") {
        let line: Int
        let reason: ArticleError
        switch error {
        case let error as XMLError:
            line = error.line
            reason = ArticleError(.xml, interpreter.explained(error) + more)
        case let error as ArticleError:
            line = error.line ?? 1
            reason = error
        default:
            line = 0
            reason = ArticleError(.xml, "\(error)")
        }
        var failure = ImportFailure(record: record, file: file, line: line, error: reason)
        failure.hidesOthers = true
        outcomes.append(.failure(failure))
    }
}
