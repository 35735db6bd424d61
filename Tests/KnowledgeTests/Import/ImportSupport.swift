import Foundation
import Knowledge
import Vocabulary

/// The outcomes of reading one document.
struct ImportResult {
    var articles: [Article] = []
    var lines: [Int] = []
    var failures: [ImportFailure] = []
    var skipped: [String] = []
    var reduced: [String: Int] = [:]
    var dialect: String?

    /// Reads a document given as text.
    init(_ xml: String, name: String = "sample.xml", mappings: MappingLibrary = .builtIn, mapping: Mapping? = nil) {
        self.init(bytes: Array(xml.utf8), name: name, mappings: mappings, mapping: mapping)
    }

    init(
        bytes: [UInt8],
        name: String = "sample.xml",
        mappings: MappingLibrary = .builtIn,
        mapping: Mapping? = nil
    ) {
        var options = ArticleReader.Options()
        options.mapping = mapping
        self.init(ArticleReader(.bytes(bytes, name: name), mappings: CompiledMappings(mappings), options: options))
    }

    init(_ reader: ArticleReader) {
        while let outcome = reader.next() {
            switch outcome {
            case .article(let article, let line):
                articles.append(article)
                lines.append(line)
            case .failure(let failure): failures.append(failure)
            case .skipped(let record, _): skipped.append(record)
            }
        }
        reduced = reader.reduced
        dialect = reader.dialect
    }

    /// `line [record] code` of each failure.
    var problems: [String] { failures.map { "\($0.line) [\($0.record)] \($0.error.code.rawValue)" } }

    /// The markup and the text of every section of every article.
    var html: [String] { articles.flatMap { $0.sections.map(\.html) } }
    var text: [String] { articles.flatMap { $0.sections.map(\.text) } }
}

/// Wraps articles of the native format.
func native(_ articles: String) -> String { "<articles xmlns=\"urn:frontline:knowledge:1\">\(articles)</articles>" }
