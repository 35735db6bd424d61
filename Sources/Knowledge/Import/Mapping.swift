package import LibXML

/// Describes how to turn a foreign XML dialect into articles; read from a YAML file whose keys
/// `knowledge/mappings/README.md` documents.
package struct Mapping: Equatable, Sendable {
    /// Recognises documents of the dialect.
    package struct Match: Equatable, Sendable {
        /// Local names of the root element.
        package var elements: [String] = []
        /// Namespaces of the root element, `""` for no namespace, `nil` for any.
        package var namespaces: [String]?
        /// An XPath that must hold for the root element, of which only the attributes are available.
        package var test: String?
    }

    /// Where the value of a field comes from.
    package struct Field: Equatable, Sendable {
        /// XPath expressions.
        ///
        /// A single-valued field uses the first that yields text, a list uses all of them.
        package var paths: [String] = []
        /// Replacements for values.
        ///
        /// Other values are kept, or replaced with ``fallback`` if it is set.
        package var values: [String: String] = [:]
        /// The value to use when there is none; `{file}` and `{index}` are substituted.
        package var fallback: String?
        /// The separator that splits each value into several.
        package var separator: String?
        /// The format of the value.
        ///
        /// HTML is reduced to its text; wikitext in a list yields its categories.
        package var format: Format = .xml
    }

    /// The format of content.
    package enum Format: String, CaseIterable, Sendable {
        /// XML markup of the dialect.
        case xml
        /// Escaped HTML.
        case html
        /// Plain text; blank lines separate paragraphs.
        case text
        /// MediaWiki markup.
        case wikitext
    }

    /// Describes records that are versions of one article, of which the latest is imported.
    package struct Versions: Equatable, Sendable {
        /// The XPath of the value shared by all versions of an article; versions must be consecutive in the document.
        package var group: String
        /// The XPath of a value that increases from version to version, compared as text; without it the last record is
        /// the latest.
        package var order: String?
    }

    /// Describes records that only give another title for an article.
    package struct Redirects: Equatable, Sendable {
        /// The XPath of the other title.
        package var title: String
        /// XPath expressions for the title of the article.
        package var targets: [String]
        /// The XPath of wikitext that may begin with `#REDIRECT [[title]]`.
        package var text: String?
    }

    /// An export format whose parts must be assembled into records first.
    package enum Assembly: String, CaseIterable, Sendable {
        /// `entities.xml` of a Confluence export, whose pages, bodies and labels are separate objects.
        case confluence
    }

    /// Describes one section, or one for each node of an XPath.
    package struct Section: Equatable, Sendable {
        package var kind: Article.Section.Kind = .body
        package var title: String?
        package var content: String
        package var format: Format = .xml
        package var isOneForEach = false
    }

    package var name: String
    package var file: String
    package var matches = Match()
    package var namespaces: [String: String] = [:]
    package var record: [XMLName] = []
    /// The source of each field's value.
    package var fields: [MappingField: Field] = [:]
    package var sections: [Section] = []
    package var markup = MarkupRules()
    /// The attribute in which specialised elements name their base classes.
    package var classAttribute: String?
    package var skip: String?
    package var versions: Versions?
    package var redirects: Redirects?
    package var assembly: Assembly?
    /// Whether records without a section are skipped.
    package var skipsEmpty = false
    package var wikitext = WikitextRules()
}

extension Mapping {
    /// The mapping adapted to a document with this root element.
    ///
    /// For a dialect whose namespace changes with its version, `matches` lists all namespaces, and a prefix declared
    /// for one of them stands for the document's namespace.
    func adapted(to root: XMLElement) -> Mapping {
        guard let known = matches.namespaces, known.count > 1, known.contains(root.namespace) else { return self }
        var copy = self
        for (prefix, namespace) in namespaces where known.contains(namespace) {
            copy.namespaces[prefix] = root.namespace
        }
        copy.record = record.map { name in
            name.namespace.map(known.contains) == true ? XMLName(name.local, namespace: root.namespace) : name
        }
        return copy
    }
}

/// The fields of an article that a mapping can set.
package enum MappingField: String, CaseIterable, Sendable {
    case id, title, summary, locale, status, audience, restrict, keywords, asked, tags
    case validFrom = "valid_from"
    case validUntil = "valid_until"
}

/// A mistake in a mapping file.
package struct MappingError: Error, Equatable, Sendable, CustomStringConvertible {
    package var message: String
    package var file: String
    /// Counted from 1; 0 when it is unknown.
    package var line: Int

    /// `file:line: message`.
    package var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}
