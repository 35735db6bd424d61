import LibXML

/// A mapping library with a cache of its compiled mappings.
///
/// Not `Sendable`: only one reader may use it at a time.
package final class CompiledMappings {
    package let library: MappingLibrary
    private var programs: [MappingProgram] = []

    package init(_ library: MappingLibrary = .builtIn) { self.library = library }

    /// The compiled form of a mapping.
    func program(for mapping: Mapping, limits: XMLLimits) throws(XMLError) -> MappingProgram {
        if let known = programs.first(where: { $0.mapping.name == mapping.name && $0.mapping == mapping }) {
            return known
        }
        let program = try MappingProgram(mapping, limits: limits)
        programs.append(program)
        return program
    }
}

/// A mapping with its XPath expressions compiled, which turns records into articles; for one thread at a time.
final class MappingProgram {
    private struct Section {
        var rule: Mapping.Section
        var content: XPath
        var title: XPath?
    }

    let mapping: Mapping
    private var fields: [MappingField: (rule: Mapping.Field, paths: [XPath])] = [:]
    private var sections: [Section] = []
    private let skip: XPath?
    private let versions: (group: XPath, order: XPath?)?
    private let redirects: (title: XPath, targets: [XPath], text: XPath?)?
    /// The last wikitext reduced, kept because its section and its categories are requested separately.
    private var lastWikitext: (text: String, reduction: Wikitext.Reduction)?
    private let limits: XMLLimits

    init(_ mapping: Mapping, limits: XMLLimits) throws(XMLError) {
        self.mapping = mapping
        self.limits = limits
        let names = mapping.namespaces
        let compile = { (source: String) throws(XMLError) in
            try XPath(source, namespaces: names, limits: limits)
        }
        let optional = { (source: String?) throws(XMLError) in
            if let source { try compile(source) } else { XPath?.none }
        }
        if let versions = mapping.versions {
            self.versions = (try compile(versions.group), try optional(versions.order))
        } else {
            versions = nil
        }
        if let redirects = mapping.redirects {
            var targets: [XPath] = []
            for target in redirects.targets { targets.append(try compile(target)) }
            self.redirects = (try compile(redirects.title), targets, try optional(redirects.text))
        } else {
            redirects = nil
        }
        self.skip = if let skip = mapping.skip { try compile(skip) } else { nil }
        for (field, rule) in mapping.fields {
            var paths: [XPath] = []
            for path in rule.paths { paths.append(try compile(path)) }
            fields[field] = (rule, paths)
        }
        for rule in mapping.sections {
            let title = if let title = rule.title { try compile(title) } else { XPath?.none }
            sections.append(Section(rule: rule, content: try compile(rule.content), title: title))
        }
    }

    /// The names of a document's record elements, including the root if its classes make it a record.
    func records(of root: XMLElement) -> [XMLName] {
        guard let attribute = mapping.classAttribute, let classes = root.attribute(attribute) else {
            return mapping.record
        }
        let bases = classes.split(separator: " ").compactMap { $0.split(separator: "/").last }
        let isRecord = mapping.record.contains { name in bases.contains { $0 == name.local } }
        return isRecord ? mapping.record + [root.qualifiedName] : mapping.record
    }

    /// Turns a record into a validated article.
    ///
    /// - Parameters:
    ///   - record: The record's element.
    ///   - context: The file's name and the record's number, for `{file}` and `{index}`.
    ///   - source: The collection it belongs to.
    ///   - aliases: Other titles of the article with a given title.
    ///   - reduced: Counts the elements reduced to their text.
    /// - Returns: `nil` when the mapping skips the record.
    /// - Throws: ``ArticleError``: for a rule that the article breaks, HTML beyond a limit, or an XPath that fails.
    func article(
        from record: XMLElement,
        context: (file: String, index: Int),
        source: String,
        aliases: (String) -> [String] = { _ in [] },
        reduced: inout [String: Int]
    ) throws(ArticleError) -> Article? {
        do {
            if try isSkipped(record) { return nil }
            var article = Article(id: try value(.id, record, context) ?? "", title: "", source: source)
            article.title = try value(.title, record, context) ?? ""
            try readProperties(of: record, context, into: &article)
            article.keywords = try values(.keywords, record)
            article.asked = try values(.asked, record)
            article.tags = try values(.tags, record)
            for alias in aliases(article.title) where !article.asked.contains(alias) { article.asked.append(alias) }
            for section in sections { try append(section, of: record, to: &article, &reduced) }
            if mapping.skipsEmpty, article.sections.isEmpty { return nil }
            try article.validate()
            return article
        } catch let error as ArticleError {
            throw error
        } catch let error as XMLError {
            throw ArticleError(.xml, error.message)
        } catch {
            throw ArticleError(.xml, "\(error)")
        }
    }

    /// Whether the mapping skips a record, or the record is only a redirect.
    private func isSkipped(_ record: XMLElement) throws(XMLError) -> Bool {
        if let skip, try skip.boolean(on: record) { return true }
        return try target(of: record) != nil
    }

    /// Reads a record as a redirect; `nil` if it is not one.
    ///
    /// - Throws: ``XMLError`` with code `xpath`.
    func redirect(of record: XMLElement) throws(XMLError) -> (title: String, target: String)? {
        if let skip, try skip.boolean(on: record) { return nil }
        guard let redirects, let target = try target(of: record), let title = try redirects.title.string(on: record)
        else { return nil }
        return (title.collapsed, target)
    }

    private func target(of record: XMLElement) throws(XMLError) -> String? {
        guard let redirects else { return nil }
        for path in redirects.targets {
            if let target = try path.string(on: record)?.collapsed, !target.isEmpty { return target }
        }
        guard let text = try redirects.text?.string(on: record) else { return nil }
        return Wikitext(text, rules: mapping.wikitext).redirectTarget
    }

    /// The group and the order of a record among the versions of its article; `nil` if the mapping has no versions.
    func version(of record: XMLElement) -> (group: String, order: String)? {
        guard let versions, let group = try? versions.group.string(on: record) else { return nil }
        return (group, (try? versions.order?.string(on: record)) ?? "")
    }

    /// The record's name in reports, even if it is not a valid article.
    func label(of record: XMLElement, context: (file: String, index: Int)) -> String? {
        (try? value(.id, record, context)) ?? nil
    }

    private func readProperties(
        of record: XMLElement,
        _ context: (file: String, index: Int),
        into article: inout Article
    ) throws {
        article.summary = try value(.summary, record, context)
        if let locale = try value(.locale, record, context) {
            article.locale = locale.replacing("_", with: "-")
        }
        if let status = try value(.status, record, context) {
            article.status = try NativeRecord.choice(status, "status", .status)
        }
        if let audience = try value(.audience, record, context) {
            article.audience = try NativeRecord.choice(audience, "audience", .audience)
        }
        if let restrict = try value(.restrict, record, context) {
            article.restrict = try AttributeCondition.parse(restrict)
        }
        article.validFrom = try time(.validFrom, record, context)
        article.validUntil = try time(.validUntil, record, context)
    }

    // MARK: Fields

    private func value(
        _ name: MappingField,
        _ record: XMLElement,
        _ context: (file: String, index: Int)
    ) throws -> String? {
        guard let (rule, paths) = fields[name] else { return nil }
        for path in paths {
            guard let text = try path.string(on: record) else { continue }
            let value = try plain(text, rule)
            if value.isEmpty { continue }
            return rule.values[value] ?? (rule.values.isEmpty ? value : rule.fallback ?? value)
        }
        return rule.fallback?.replacing("{file}", with: context.file).replacing("{index}", with: String(context.index))
    }

    private func values(_ name: MappingField, _ record: XMLElement) throws -> [String] {
        guard let (rule, paths) = fields[name] else { return [] }
        var result: [String] = []
        for path in paths {
            for node in try path.nodes(on: record) {
                if rule.format == .wikitext {
                    for category in reduced(node.text).categories {
                        let known = rule.values[category] ?? category
                        if !known.isEmpty, !result.contains(known) { result.append(known) }
                    }
                    continue
                }
                let texts = rule.separator.map { node.text.split(separator: $0).map(String.init) } ?? [node.text]
                for text in texts {
                    let value = try plain(text, rule)
                    let known = rule.values[value] ?? value
                    if !known.isEmpty, !result.contains(known) { result.append(known) }
                }
            }
        }
        return result
    }

    private func plain(_ text: String, _ rule: Mapping.Field) throws -> String {
        switch rule.format {
        case .html: try HTMLFragment.parse(text, limits: limits)?.text.collapsed ?? ""
        case .wikitext: reduced(text).text.collapsed
        case .xml, .text: text.collapsed
        }
    }

    private func time(
        _ name: MappingField,
        _ record: XMLElement,
        _ context: (file: String, index: Int)
    ) throws -> Int64? {
        guard let text = try value(name, record, context) else { return nil }
        if let time = ArticleTime.parseForeign(text) { return time }
        throw ArticleError(.date, "\(name.rawValue): '\(text.prefix(40))' is not a date")
    }

    private func reduced(_ wikitext: String) -> Wikitext.Reduction {
        if let lastWikitext, lastWikitext.text == wikitext { return lastWikitext.reduction }
        let reduction = Wikitext(wikitext, rules: mapping.wikitext).reduced()
        lastWikitext = (wikitext, reduction)
        return reduction
    }

    // MARK: Sections

    private func append(
        _ section: Section,
        of record: XMLElement,
        to article: inout Article,
        _ reduced: inout [String: Int]
    ) throws {
        let nodes = try section.content.nodes(on: record)
        if nodes.isEmpty { return }
        for group in section.rule.isOneForEach ? nodes.map({ [$0] }) : [nodes] {
            let (html, text) = try content(of: group, section.rule.format, &reduced)
            if text.isEmpty, html.isEmpty { continue }
            var place = record
            if section.rule.isOneForEach, case .element(let element)? = group.first { place = element }
            let title = try section.title?.string(on: place)?.collapsed
            article.sections.append(
                Article.Section(
                    kind: section.rule.kind,
                    title: title?.isEmpty == true ? nil : title,
                    html: html,
                    text: text
                )
            )
        }
    }

    private func content(
        of nodes: [XPath.Item],
        _ format: Mapping.Format,
        _ reduced: inout [String: Int]
    ) throws -> (html: String, text: String) {
        if format == .wikitext {
            let reduction = self.reduced(nodes.map(\.text).joined(separator: "\n\n"))
            reduced.merge(reduction.dropped, uniquingKeysWith: +)
            return (reduction.html, reduction.text)
        }
        var reducer = MarkupReducer(rules: format == .html ? .html : mapping.markup)
        for node in nodes {
            switch (node, format) {
            case (.element(let element), .xml): reducer.add(element, includingItself: true)
            case (_, .html):
                if let body = try HTMLFragment.parse(node.text, limits: limits) { reducer.add(body) }
            default: reducer.add(text: node.text)
            }
            if nodes.count > 1, format != .xml { reducer.separate() }
        }
        let result = reducer.finish()
        reduced.merge(reducer.reduced, uniquingKeysWith: +)
        return result
    }
}
