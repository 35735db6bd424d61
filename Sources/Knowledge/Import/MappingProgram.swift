import LibXML

/// A library with what has been compiled of it so far.
///
/// Not `Sendable`: it belongs to one thread at a time, and to one reader at a time.
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

/// A mapping with its XPath compiled, ready to turn records into articles; belongs to one thread at a time.
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
    private let limits: XMLLimits

    init(_ mapping: Mapping, limits: XMLLimits) throws(XMLError) {
        self.mapping = mapping
        self.limits = limits
        let names = mapping.namespaces
        let compile = { (source: String) throws(XMLError) in
            try XPath(source, namespaces: names, limits: limits)
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

    /// The names of the records of a document; a root whose classes say that it is one counts as well.
    func records(of root: XMLElement) -> [XMLName] {
        guard let attribute = mapping.classAttribute, let classes = root.attribute(attribute) else {
            return mapping.record
        }
        let bases = classes.split(separator: " ").compactMap { $0.split(separator: "/").last }
        let isRecord = mapping.record.contains { name in bases.contains { $0 == name.local } }
        return isRecord ? mapping.record + [root.qualifiedName] : mapping.record
    }

    /// The article of a record, checked.
    ///
    /// - Parameters:
    ///   - record: The record's element.
    ///   - context: The name of its file and its number, which stand for `{file}` and `{index}`.
    ///   - source: The collection it belongs to.
    ///   - reduced: Counts the elements that were reduced to their text.
    /// - Returns: `nil` when the mapping leaves the record out.
    /// - Throws: ``ArticleError``: a rule the article breaks, HTML beyond a limit, an XPath that fails.
    func article(
        from record: XMLElement,
        context: (file: String, index: Int),
        source: String,
        reduced: inout [String: Int]
    ) throws(ArticleError) -> Article? {
        do {
            if let skip, try skip.boolean(on: record) { return nil }
            var article = Article(id: try value(.id, record, context) ?? "", title: "", source: source)
            article.title = try value(.title, record, context) ?? ""
            try readProperties(of: record, context, into: &article)
            article.keywords = try values(.keywords, record)
            article.asked = try values(.asked, record)
            article.tags = try values(.tags, record)
            for section in sections { try append(section, of: record, to: &article, &reduced) }
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

    /// What to call the record in a report, even if it is no article.
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
        guard rule.isHTML else { return text.collapsed }
        return try HTMLFragment.parse(text, limits: limits)?.text.collapsed ?? ""
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
