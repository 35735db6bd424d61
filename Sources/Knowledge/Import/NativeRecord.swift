import LibXML

/// Reads one `article` of the native format, strictly: anything unknown to the format is an error that names it.
enum NativeRecord {
    static let namespace = "urn:frontline:knowledge:1"
    private static let attributes: Set<String> = [
        "id", "locale", "status", "audience", "restrict", "valid-from", "valid-until",
    ]

    /// Whether the root element is that of a document of the native format.
    static func recognises(_ root: XMLElement) -> Bool {
        root.isNamed("articles", namespace: namespace) || root.isNamed("article", namespace: namespace)
    }

    /// Reads a record as a validated article; `reduced` counts the elements that its sections lost.
    static func article(
        from record: XMLElement,
        source: String,
        reduced: inout [String: Int]
    ) throws(ArticleError) -> Article {
        guard record.isNamed("article", namespace: namespace) else {
            throw ArticleError(.unknown, "unknown element '\(record.name)', expected 'article'", line: record.line)
        }
        var article = Article(id: "", title: "", source: source)
        try readAttributes(of: record, into: &article)
        var seen: Set<String> = []
        for child in record.children {
            switch child {
            case .text(let text): try refuse(text: text, in: record)
            case .element(let element):
                if element.namespace != namespace { throw unknown(element, in: "article") }
                let name = element.name
                guard name == "section" || name == "asked" || seen.insert(name).inserted else {
                    throw ArticleError(.unknown, "the element '\(name)' occurs twice", line: element.line)
                }
                try read(name, element, into: &article, &reduced)
            }
        }
        try article.validate()
        return article
    }

    private static func readAttributes(of record: XMLElement, into article: inout Article) throws(ArticleError) {
        for attribute in record.attributes {
            let value = attribute.value
            switch attribute.namespace.isEmpty ? attribute.name : "\(attribute.namespace) \(attribute.name)" {
            case "id": article.id = value
            case "locale": article.locale = value
            case "status": article.status = try choice(value, "status", .status)
            case "audience": article.audience = try choice(value, "audience", .audience)
            case "restrict": article.restrict = try AttributeCondition.parse(value)
            case "valid-from": article.validFrom = try time(value, "valid-from")
            case "valid-until": article.validUntil = try time(value, "valid-until")
            default: try refuse(attribute, of: record, known: attributes)
            }
        }
        guard !article.id.isEmpty else { throw ArticleError(.id, "id: the attribute is missing or empty") }
    }

    private static func read(
        _ name: String,
        _ element: XMLElement,
        into article: inout Article,
        _ reduced: inout [String: Int]
    ) throws(ArticleError) {
        switch name {
        case "title":
            try checkPlain(element)
            article.title = element.text.collapsed
        case "summary":
            try checkPlain(element)
            let text = element.text.collapsed
            article.summary = text.isEmpty ? nil : text
        case "keywords": article.keywords = try list(element, of: "keyword")
        case "asked":
            try checkPlain(element)
            let text = element.text.collapsed
            if !text.isEmpty, !article.asked.contains(text) { article.asked.append(text) }
        case "tags": article.tags = try list(element, of: "tag")
        case "section": article.sections.append(try section(element, &reduced))
        default: throw unknown(element, in: "article")
        }
    }

    private static func section(
        _ element: XMLElement,
        _ reduced: inout [String: Int]
    ) throws(ArticleError) -> Article.Section {
        var kind = Article.Section.Kind.body
        var title: String?
        for attribute in element.attributes {
            switch attribute.name {
            case "kind" where attribute.namespace.isEmpty: kind = try choice(attribute.value, "section kind", .section)
            case "title" where attribute.namespace.isEmpty: title = attribute.value.collapsed
            default: try refuse(attribute, of: element, known: ["kind", "title"])
            }
        }
        var reducer = MarkupReducer(rules: .native)
        reducer.add(element)
        let (html, text) = reducer.finish()
        reduced.merge(reducer.reduced, uniquingKeysWith: +)
        return Article.Section(kind: kind, title: title?.isEmpty == true ? nil : title, html: html, text: text)
    }

    private static func list(_ element: XMLElement, of item: String) throws(ArticleError) -> [String] {
        try checkAttributes(element)
        var result: [String] = []
        for child in element.children {
            switch child {
            case .text(let text): try refuse(text: text, in: element)
            case .element(let entry):
                guard entry.isNamed(item, namespace: namespace) else { throw unknown(entry, in: element.name) }
                try checkPlain(entry)
                let text = entry.text.collapsed
                if !text.isEmpty, !result.contains(text) { result.append(text) }
            }
        }
        return result
    }

    // MARK: Refusals

    private static func checkPlain(_ element: XMLElement) throws(ArticleError) {
        try checkAttributes(element)
        if let inner = element.firstElement { throw unknown(inner, in: element.name) }
    }

    private static func checkAttributes(_ element: XMLElement) throws(ArticleError) {
        for attribute in element.attributes { try refuse(attribute, of: element, known: []) }
    }

    private static func refuse(
        _ attribute: XMLAttribute,
        of element: XMLElement,
        known: Set<String>
    ) throws(ArticleError) {
        if attribute.namespace == "http://www.w3.org/2001/XMLSchema-instance" { return }
        if attribute.name == "space", attribute.namespace == "http://www.w3.org/XML/1998/namespace" { return }
        let prefix = attribute.namespace == "http://www.w3.org/XML/1998/namespace" ? "xml:" : ""
        let expected = known.isEmpty ? "none" : known.sorted().joined(separator: ", ")
        throw ArticleError(
            .unknown,
            "unknown attribute '\(prefix)\(attribute.name)' of '\(element.name)'; known: \(expected)",
            line: element.line
        )
    }

    private static func refuse(text: String, in element: XMLElement) throws(ArticleError) {
        guard !text.utf8.allSatisfy({ $0 <= 0x20 }) else { return }
        let start = text.collapsed.prefix(30)
        throw ArticleError(.unknown, "text '\(start)' directly in '\(element.name)'", line: element.line)
    }

    private static func unknown(_ element: XMLElement, in parent: String) -> ArticleError {
        let name = element.namespace == namespace ? element.name : element.qualifiedName.description
        return ArticleError(.unknown, "unknown element '\(name)' in '\(parent)'", line: element.line)
    }

    // MARK: Values

    /// Reads a raw value of an enumeration.
    static func choice<Choice: RawRepresentable & CaseIterable>(
        _ text: String,
        _ field: String,
        _ code: ArticleError.Code
    ) throws(ArticleError) -> Choice where Choice.RawValue == String {
        if let value = Choice(rawValue: text) { return value }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw ArticleError(code, "\(field): '\(text.prefix(40))' is not one of \(known)")
    }

    private static func time(_ text: String, _ field: String) throws(ArticleError) -> Int64 {
        if let time = ArticleTime.parse(text) { return time }
        throw ArticleError(
            .date,
            "\(field): '\(text.prefix(40))' is not a date (2026-01-31) or an RFC 3339 time in UTC"
        )
    }
}

extension String {
    /// The text with each run of white space replaced by one space, and trimmed.
    var collapsed: String {
        // A space after a space, or at the start, needs collapsing just like a tab.
        var before: UInt8 = 0x20
        let isPlain = utf8.allSatisfy { byte in
            defer { before = byte }
            return byte > 0x20 || (byte == 0x20 && before != 0x20)
        }
        return isPlain && (before != 0x20 || isEmpty) ? self : split { $0.isWhitespace }.joined(separator: " ")
    }
}
