import LibXML

/// Determines a document's dialect and turns its records into outcomes.
///
/// In some dialects, parts of a record are elsewhere in the document, possibly after it. Such documents are read twice:
/// the first pass, while ``isSurveying`` is set, collects these parts; the second produces the articles.
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
    /// Whether this is the first of two passes over the document.
    private(set) var isSurveying = false
    private var hasSurveyed = false
    private var redirects = RedirectTable()
    private var latestRedirect = LatestVersion<(title: String, target: String)?>()
    private var pages: ConfluencePages?
    private var latest = LatestVersion<ArticleOutcome>()

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
    /// - Throws: ``ArticleError`` with code `mapping` when no mapping recognises it.
    func recognise(_ root: XMLElement) throws -> [XMLName] {
        isHTML = root.name.lowercased() == "html"
        if let mapping = options.mapping { return try use(mapping, root) }
        if NativeRecord.recognises(root) {
            chosen = .native
            let article = XMLName("article", namespace: NativeRecord.namespace)
            // Any other element in the root is an error to report, not to skip.
            return root.name == "articles" ? [article, XMLName("*")] : [article]
        }
        if let mapping = library.library.mapping(for: root) { return try use(mapping, root) }
        throw ArticleError(.mapping, unrecognised(root), line: root.line)
    }

    /// The reader's error, with what the root element reveals about the cause.
    func explained(_ error: XMLError) -> String {
        isHTML ? "an HTML page (perhaps a login or error page saved as XML): \(error.message)" : error.message
    }

    /// Interprets a record; returns `nil` during the first pass and while a later version of the article may follow.
    func interpret(_ record: XMLElement, isComplete: Bool) -> ArticleOutcome? {
        if isSurveying {
            if isComplete { survey(record) }
            return nil
        }
        if pages != nil { return assembled(record, isComplete: isComplete) }
        let outcome = outcome(of: record, isComplete: isComplete, line: record.line)
        guard case .mapped(let program) = chosen, let version = program.version(of: record) else { return outcome }
        return latest.push(outcome, group: version.group, order: version.order)
    }

    /// Ends the first pass.
    ///
    /// - Returns: failures for what was left out because the document contains too much of it.
    func endSurvey() -> [ArticleOutcome] {
        isSurveying = false
        if let last = latestRedirect.finish(), let redirect = last {
            redirects.add(title: redirect.title, target: redirect.target)
        }
        var problems: [String] = []
        if redirects.isFull {
            problems.append(
                "more redirects than are kept (\(RedirectTable.maximumBytes) bytes); the rest give no asked phrases"
            )
        }
        pages?.endSurvey()
        if pages?.isFull == true {
            problems.append("more pages than are kept (\(ConfluencePages.maximumBytes) bytes); the rest was not read")
        }
        return problems.map { problem in
            var failure = ImportFailure(record: "document", file: file, line: 0, error: ArticleError(.xml, problem))
            failure.hidesOthers = pages != nil
            return .failure(failure)
        }
    }

    /// Ends the second pass.
    ///
    /// - Parameter isWhole: whether the document was read to its end.
    /// - Returns: the latest version of the last article, and failures for the pages without a body.
    func finish(isWhole: Bool) -> [ArticleOutcome] {
        var outcomes = latest.finish().map { [$0] } ?? []
        if isWhole, let pages {
            outcomes += pages.withoutBody.map { .skipped(record: String($0.id), line: $0.line) }
        }
        return outcomes
    }

    private func survey(_ record: XMLElement) {
        guard pages == nil else {
            pages?.note(record)
            return
        }
        guard case .mapped(let program) = chosen else { return }
        // An XPath that fails here fails again in the second pass and is reported then.
        let redirect = (try? program.redirect(of: record)) ?? nil
        guard let version = program.version(of: record) else {
            if let redirect { redirects.add(title: redirect.title, target: redirect.target) }
            return
        }
        if let last = latestRedirect.push(redirect, group: version.group, order: version.order), let last {
            redirects.add(title: last.title, target: last.target)
        }
    }

    /// Combines an object of a Confluence export with its page, if it is the body of one.
    private func assembled(_ object: XMLElement, isComplete: Bool) -> ArticleOutcome? {
        guard let body = ConfluenceBody(object) else {
            guard !isComplete, ConfluenceBody.recognises(object) else { return nil }
            // The id of its page came after the part that was skipped.
            var failure = ImportFailure(record: label(of: object), file: file, line: object.line, error: tooLarge)
            failure.hidesOthers = true
            return .failure(failure)
        }
        guard let page = pages?.describePage(ofBody: body.content) else { return nil }
        do throws(ArticleError) {
            guard isComplete else { throw tooLarge }
            let record = try body.record(of: page, limits: options.limits)
            return outcome(of: record, isComplete: true, line: object.line)
        } catch {
            count += 1
            // Pruning compares article ids, and only the mapping determines the id.
            let name = (try? body.withoutText.record(of: page, limits: options.limits)).map { label(of: $0) }
            let line = error.line ?? object.line
            let failure = ImportFailure(record: name ?? "#\(count)", file: file, line: line, error: error)
            return .failure(failure)
        }
    }

    private var tooLarge: ArticleError {
        ArticleError(.xml, "the record is larger than \(options.limits.recordBytes) bytes")
    }

    private func outcome(of record: XMLElement, isComplete: Bool, line: Int) -> ArticleOutcome {
        count += 1
        do throws(ArticleError) {
            guard isComplete else { throw tooLarge }
            guard let article = try article(from: record) else {
                return .skipped(record: label(of: record), line: line)
            }
            return .article(article, line: line)
        } catch {
            let failure = ImportFailure(record: label(of: record), file: file, line: error.line ?? line, error: error)
            return .failure(failure)
        }
    }

    /// Whether records of the dialect may contain elements named like a record.
    var recordsNest: Bool {
        if case .native = chosen { return false }
        return true
    }

    /// The name in reports of a record that was not read to its end; it counts as a record.
    func label(ofBroken record: XMLElement) -> String {
        count += 1
        return label(of: record)
    }

    private func use(_ mapping: Mapping, _ root: XMLElement) throws -> [XMLName] {
        let program = try library.program(for: mapping.adapted(to: root), limits: options.limits)
        chosen = .mapped(program)
        if !hasSurveyed {
            hasSurveyed = true
            isSurveying = program.mapping.redirects != nil || program.mapping.assembly != nil
            if program.mapping.assembly == .confluence { pages = ConfluencePages() }
        }
        return pages == nil ? program.records(of: root) : [XMLName(ConfluencePages.object)]
    }

    private func article(from record: XMLElement) throws(ArticleError) -> Article? {
        var lost: [String: Int] = [:]
        defer { note(lost) }
        switch chosen {
        case .native: return try NativeRecord.article(from: record, source: options.source, reduced: &lost)
        case .mapped(let program):
            return try program.article(
                from: record,
                context: context,
                source: options.source,
                aliases: redirects.titles(leadingTo:),
                reduced: &lost
            )
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
            case .mapped where pages != nil && record.isNamed(ConfluencePages.object):
                record.first("id")?.text.collapsed
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

private enum XMLSnifferMessage {
    static let html = "an HTML page (perhaps a login or error page saved as XML), not XML articles"
}
