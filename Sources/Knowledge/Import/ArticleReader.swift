import Archives
package import LibXML

/// What became of one record of an import.
package enum ArticleOutcome: Sendable {
    /// An article that keeps every rule, and the line its record begins on.
    case article(Article, line: Int)
    /// A record that is no article, or the place where the document cannot be read further.
    case failure(ImportFailure)
    /// A record that the mapping leaves out.
    case skipped(record: String, line: Int)
}

/// A line of the import report.
package struct ImportFailure: Equatable, Sendable {
    /// The record's id or `#` and its number; `document` for the file itself.
    package var record: String
    package var file: String
    /// Counted from 1; 0 where there is none.
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

/// What an import reads from.
package enum ArticleInput: Sendable {
    case file(path: String)
    /// Bytes in memory; `name` is what reports call them.
    case bytes([UInt8], name: String)
    /// A file that reports call by the name of where it came from.
    case download(path: String, name: String)

    package var name: String {
        switch self {
        case .file(let path): path
        case .download(_, let name): name
        case .bytes(_, let name): name
        }
    }
}

/// Reads the articles of one document, of whatever dialect and size, one after the other.
///
/// Memory is bounded by one record and a piece of 64 KiB. A bad record is an outcome like any other; where the XML
/// itself breaks, a failure says where, and reading goes on with the next record that can be made out. Not `Sendable`: one
/// thread at a time.
///
/// A document whose dialect needs it is read twice (a wiki for its redirects, a Confluence export for its pages), the
/// first time when the first outcome is asked for. A ZIP archive is read if it is a Confluence export; nothing is unpacked
/// to disk. Lines are then those of its `entities.xml`.
package final class ArticleReader {
    /// How to read.
    package struct Options: Sendable {
        /// The mapping to use whatever the root element is; otherwise the root element decides.
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

    /// Opens a document; what is wrong with it comes as the first outcome.
    ///
    /// - Parameters:
    ///   - input: The document.
    ///   - mappings: The dialects to choose from; share one among the documents of an import, it compiles each mapping
    ///     once.
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

    /// Begins reading the document from its beginning.
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

    /// Bytes read so far.
    package var bytesRead: Int { records?.bytesRead ?? 0 }

    /// How often an element outside the markup subset was reduced to its text, by name; at most 1,000 names.
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
                if let outcome = interpreter.take(record, isComplete: isComplete) { outcomes.append(outcome) }
            }
            return goesOn || endReading(isWhole: true)
        } catch {
            return resume(after: error, records)
        }
    }

    /// Begins the second reading after the first; answers whether there is one.
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

    /// Reports where the document breaks and takes it up behind that; `false` when nothing more is read.
    private func resume(after error: any Error, _ records: XMLRecordReader) -> Bool {
        if interpreter.isSurveying {
            // The second reading comes to the same place and reports it.
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
