package import LibXML

/// How a foreign XML dialect becomes articles, read from a YAML file; `knowledge/mappings/README.md` has every key.
package struct Mapping: Equatable, Sendable {
    /// Which documents are of the dialect.
    package struct Match: Equatable, Sendable {
        /// Local names of the root element.
        package var elements: [String] = []
        /// Namespaces of the root element, `""` for none; `nil` for any.
        package var namespaces: [String]?
        /// An XPath that holds on the root element (its attributes alone are there).
        package var test: String?
    }

    /// Where a field comes from.
    package struct Field: Equatable, Sendable {
        /// XPath expressions: of a single field the first that yields text counts, of a list all of them.
        package var paths: [String] = []
        /// What values become; values that are not in it stay, or become ``fallback`` where there is one.
        package var values: [String: String] = [:]
        /// What stands where there is no value; `{file}` and `{index}` are replaced.
        package var fallback: String?
        /// Parts each value into several.
        package var separator: String?
        /// What the value is: of HTML the text is wanted, of wikitext in a list the categories.
        package var format: Format = .xml
    }

    /// What the content of a section is.
    package enum Format: String, CaseIterable, Sendable {
        /// Markup of the dialect.
        case xml
        /// HTML in escaped text.
        case html
        /// Text, in which a blank line begins a paragraph.
        case text
        /// The text of a wiki page.
        case wikitext
    }

    /// Records that are versions of one article, of which the latest counts.
    package struct Versions: Equatable, Sendable {
        /// The XPath of what is the same for all versions; they follow one another in the document.
        package var group: String
        /// The XPath of what grows from version to version, compared as text; without it the last one is the latest.
        package var order: String?
    }

    /// Records that only say under which other title an article is looked for.
    package struct Redirects: Equatable, Sendable {
        /// The XPath of the other title.
        package var title: String
        /// XPath expressions of the title of the article.
        package var targets: [String]
        /// The XPath of wikitext that may begin with `#REDIRECT [[title]]`.
        package var text: String?
    }

    /// A form of export whose parts have to be put together before they are records.
    package enum Assembly: String, CaseIterable, Sendable {
        /// `entities.xml` of a Confluence export, whose pages, bodies and labels are objects of their own.
        case confluence
    }

    /// One section, or one for each node.
    package struct Section: Equatable, Sendable {
        package var kind: Article.Section.Kind = .body
        package var title: String?
        package var content: String
        package var format: Format = .xml
        package var isOneForEach = false
    }

    package var name: String
    /// The file it was read from.
    package var file: String
    package var matches = Match()
    package var namespaces: [String: String] = [:]
    package var record: [XMLName] = []
    /// By the names of ``MappingField``.
    package var fields: [MappingField: Field] = [:]
    package var sections: [Section] = []
    package var markup = MarkupRules()
    /// The attribute by which specialised elements name their base classes.
    package var classAttribute: String?
    package var skip: String?
    package var versions: Versions?
    package var redirects: Redirects?
    package var assembly: Assembly?
    /// Whether records without a section are left out.
    package var skipsEmpty = false
    package var wikitext = WikitextRules()
}

extension Mapping {
    /// The mapping as it reads a document with this root element.
    ///
    /// Of a dialect whose namespace changes with its version, `matches` lists all namespaces; a prefix for one of them
    /// stands for the one that the document has.
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

/// The fields of an article that a mapping may fill.
package enum MappingField: String, CaseIterable, Sendable {
    case id, title, summary, locale, status, audience, restrict, keywords, asked, tags
    case validFrom = "valid_from"
    case validUntil = "valid_until"
}

/// What is wrong with a mapping file, with the place.
package struct MappingError: Error, Equatable, Sendable, CustomStringConvertible {
    package var message: String
    package var file: String
    /// Counted from 1; 0 where there is none.
    package var line: Int

    /// `file:line: message`.
    package var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}
