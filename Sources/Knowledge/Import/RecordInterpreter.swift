import LibXML

/// Decides what dialect a document is of and turns its records into outcomes.
final class RecordInterpreter {
    private enum Dialect {
        case native
        case mapped(MappingProgram)
    }

    private let file: String
    private let library: CompiledMappings
    private let options: ArticleReader.Options
    private var chosen: Dialect?
    private var isHTML = false
    private(set) var count = 0
    private(set) var reduced: [String: Int] = [:]
    private static let reducedNames = 1000

    init(file: String, library: CompiledMappings, options: ArticleReader.Options) {
        self.file = file
        self.library = library
        self.options = options
    }

    var dialect: String? {
        switch chosen {
        case .native: "native"
        case .mapped(let program): program.mapping.name
        case nil: nil
        }
    }

    /// Chooses the dialect by the root element.
    ///
    /// - Throws: ``ArticleError`` with code `mapping` when nothing recognises it.
    func recognise(_ root: XMLElement) throws -> [XMLName] {
        isHTML = root.name.lowercased() == "html"
        if let mapping = options.mapping { return try use(mapping, root) }
        if NativeRecord.recognises(root) {
            chosen = .native
            let article = XMLName("article", namespace: NativeRecord.namespace)
            // Whatever else stands in the root is an error that is to be told, not passed over.
            return root.name == "articles" ? [article, XMLName("*")] : [article]
        }
        if let mapping = library.library.mapping(for: root) { return try use(mapping, root) }
        throw ArticleError(.mapping, unrecognised(root), line: root.line)
    }

    /// The reader's error, with what the root element tells about it.
    func explained(_ error: XMLError) -> String {
        isHTML ? "an HTML page (perhaps a login or error page saved as XML): \(error.message)" : error.message
    }

    /// What becomes of a record.
    func outcome(of record: XMLElement, isComplete: Bool) -> ArticleOutcome {
        count += 1
        let line = record.line
        do throws(ArticleError) {
            guard isComplete else {
                throw ArticleError(.xml, "the record is larger than \(options.limits.recordBytes) bytes")
            }
            guard let article = try article(from: record) else {
                return .skipped(record: label(of: record), line: line)
            }
            return .article(article, line: line)
        } catch {
            let failure = ImportFailure(record: label(of: record), file: file, line: error.line ?? line, error: error)
            return .failure(failure)
        }
    }

    /// Whether a record of the dialect may hold an element that is named like one.
    var recordsNest: Bool {
        if case .native = chosen { return false }
        return true
    }

    /// What to call a record that was not read to its end, which counts as one.
    func label(ofBroken record: XMLElement) -> String {
        count += 1
        return label(of: record)
    }

    private func use(_ mapping: Mapping, _ root: XMLElement) throws -> [XMLName] {
        let program = try library.program(for: mapping, limits: options.limits)
        chosen = .mapped(program)
        return program.records(of: root)
    }

    private func article(from record: XMLElement) throws(ArticleError) -> Article? {
        var lost: [String: Int] = [:]
        defer { note(lost) }
        switch chosen {
        case .native: return try NativeRecord.article(from: record, source: options.source, reduced: &lost)
        case .mapped(let program):
            return try program.article(from: record, context: context, source: options.source, reduced: &lost)
        case nil: return nil
        }
    }

    private func note(_ lost: [String: Int]) {
        for (name, times) in lost where reduced[name] != nil || reduced.count < RecordInterpreter.reducedNames {
            reduced[name, default: 0] += times
        }
    }

    private var context: (file: String, index: Int) {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return (stem.isEmpty ? name : stem, count)
    }

    private func label(of record: XMLElement) -> String {
        let known: String? =
            switch chosen {
            case .mapped(let program): program.label(of: record, context: context)
            default: record.attribute("id")
            }
        guard let known, !known.isEmpty else { return "#\(count)" }
        return String(known.prefix(200))
    }

    private func unrecognised(_ root: XMLElement) -> String {
        if isHTML { return XMLSnifferMessage.html }
        let name = root.qualifiedName.description
        if root.name == "articles" || root.name == "article", root.namespace.isEmpty {
            return "the root element '\(name)' lacks the namespace \(NativeRecord.namespace)"
        }
        let known = (["native"] + library.library.mappings.map(\.name)).joined(separator: ", ")
        return "no mapping recognises the root element '\(name)'; known dialects are \(known)"
    }
}

/// The words for an HTML page that is well-formed XML.
private enum XMLSnifferMessage {
    static let html = "an HTML page (perhaps a login or error page saved as XML), not XML articles"
}
