import Access
import BusinessCalendar
package import FrontlineProtocol
import JSONRPC
package import Knowledge
import Vocabulary

struct KnowledgeImportHandler: MethodHandler {
    typealias Method = KnowledgeImport
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let start = Monotonic.nanoseconds()
        let bytes = Array(Self.withoutDeclaration(params.xml).utf8)
        let document = ImportDocument(bytes: bytes, name: "xml")
        var request = ArticleImport(documents: [document], source: params.source ?? "local")
        request.library = services.mappings.library
        request.mapping = try params.mapping.map(mapping)
        request.isDryRun = params.dryRun ?? false
        request.expectedVersion = params.expectedVersion.map(Int64.init)
        request.adopts = params.adopt ?? false
        request.prunes = params.prune ?? false
        request.isForced = params.force ?? false
        let part = params.importId.map { id in
            ImportShelf.Part(
                subject: caller.principal.subject,
                importID: id,
                number: params.part ?? 1,
                source: request.source
            )
        }
        if !request.isDryRun {
            try await ReleaseGate(services).pass(
                .articles,
                of: request.source,
                isForced: request.isForced,
                reason: nil,
                by: caller.principal.auditActor,
                now: caller.now
            )
        }
        if let part { request.heldBefore = try services.imports.held(before: part, now: caller.now) }
        for id in params.held ?? [] { request.heldBefore.insertFailed(id) }
        let summary = try await services.knowledge.importArticles(
            request,
            by: caller.principal.auditActor,
            now: caller.now
        )
        if let part {
            var held = request.heldBefore
            held.formUnion(summary.held)
            try services.imports.keep(held, of: part, isLast: request.prunes, now: caller.now)
        }
        try await services.index.catchUp()
        return ImportReport(summary, source: request.source, seconds: Monotonic.milliseconds(since: start) / 1_000)
    }

    /// Replaces the XML declaration with spaces, so that lines and columns stay the same.
    ///
    /// A string is already decoded, so an encoding that its declaration names must be ignored.
    private static func withoutDeclaration(_ xml: String) -> String {
        guard xml.hasPrefix("<?xml "), let end = xml.firstRange(of: "?>") else { return xml }
        return xml[..<end.upperBound].map { $0.isNewline ? "\n" : " " }.joined() + xml[end.upperBound...]
    }

    /// Finds a mapping only by its name: callers must not refer to files of the server.
    private func mapping(_ name: String) throws -> Mapping {
        let known = services.mappings.library.mappings
        guard let mapping = known.first(where: { $0.name == name }) else {
            let names = known.map(\.name).sorted().joined(separator: ", ")
            throw KnowledgeError(.invalid, "one of the mappings \(names)", argument: "mapping")
        }
        return mapping
    }
}

extension ImportReport {
    /// Creates the report of an import that took `seconds`.
    package init(_ summary: ImportSummary, source: String, seconds: Double) {
        self.init(source: source)
        read = summary.read
        created = summary.created
        updated = summary.updated
        unchanged = summary.unchanged
        retired = summary.retired
        failed = summary.failed
        skipped = summary.skipped
        reduced = summary.reduced
        refusal = summary.refusal
        failures = summary.failures.map { failure in
            Failure(
                record: failure.record,
                file: failure.file,
                line: failure.line == 0 ? nil : failure.line,
                error: "\(failure.error)"
            )
        }
        self.seconds = (seconds * 1_000).rounded() / 1_000
        let megabytes = Double(summary.bytes) / 1_000_000
        megabytesPerSecond = seconds > 0 ? (megabytes / seconds * 100).rounded() / 100 : 0
    }
}

struct KnowledgePublishHandler: MethodHandler {
    typealias Method = KnowledgePublish
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await ReleaseGate(services).pass(
            .articles,
            of: params.articleId,
            isForced: params.force ?? false,
            reason: params.note,
            by: caller.principal.auditActor,
            now: caller.now
        )
        let stored = try await services.knowledge.setStatus(
            .published,
            of: ArticleKey(id: params.articleId, locale: params.locale ?? "en"),
            reason: params.note,
            by: caller.principal.auditActor,
            now: caller.now
        )
        try await services.index.catchUp()
        return ArticleChange(stored)
    }
}

struct KnowledgeRetireHandler: MethodHandler {
    typealias Method = KnowledgeRetire
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try await services.knowledge.setStatus(
            .retired,
            of: ArticleKey(id: params.articleId, locale: params.locale ?? "en"),
            reason: params.reason,
            by: caller.principal.auditActor,
            now: caller.now
        )
        try await services.index.catchUp()
        return ArticleChange(stored)
    }
}

struct KnowledgeRestoreHandler: MethodHandler {
    typealias Method = KnowledgeRestore
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let stored = try await services.knowledge.restore(
            ArticleKey(id: params.articleId, locale: params.locale ?? "en"),
            version: Int64(params.version),
            reason: params.reason,
            by: caller.principal.auditActor,
            now: caller.now
        )
        try await services.index.catchUp()
        return ArticleChange(stored)
    }
}

struct KnowledgeHistoryHandler: MethodHandler {
    typealias Method = KnowledgeHistory
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let key = ArticleKey(id: params.articleId, locale: params.locale ?? "en")
        let versions = try await services.knowledge.history(of: key, visibility: caller.visibility, now: caller.now)
        return Method.Result(versions: versions.map(VersionEntry.init))
    }
}

struct KnowledgeCompareHandler: MethodHandler {
    typealias Method = KnowledgeCompare
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let key = ArticleKey(id: params.articleId, locale: params.locale ?? "en")
        let changes = try await services.knowledge.compare(
            key,
            from: Int64(params.from),
            to: Int64(params.to),
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result(changes: changes.map(Method.Change.init))
    }
}

extension KnowledgeCompare.Change {
    init(_ change: ArticleDifference) {
        self.init(section: change.section, kind: change.kind, text: change.text)
    }
}
