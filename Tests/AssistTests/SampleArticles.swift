import Access
import Foundation
import Knowledge
import Texts
import Vocabulary

/// The articles of the sample retailer in memory.
enum SampleArticles {
    /// The time used in tests, in microseconds since 1970.
    static let now: Int64 = 1_795_000_000_000_000
    /// The visibility of an agent without attributes.
    static let agent = ArticleVisibility(of: Principal(subject: "anna", roles: [.agent]))

    /// The root of the repository.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The text of every sample file.
    private static func texts() throws -> [String] {
        let folder = repository.appendingPathComponent("knowledge/articles")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.sorted { $0.path < $1.path }.map { try String(contentsOf: $0, encoding: .utf8) }
    }

    /// The articles that an agent without attributes may not see.
    static func hidden() throws -> Set<String> {
        let tags = try texts().flatMap { $0.matches(of: /<article id="([^"]+)"([^>]*)>/) }
        return Set(
            tags.filter { $0.2.contains("audience=\"s") || $0.2.contains("restrict=") || $0.2.contains("audience=\"k") }
                .map { String($0.1) }
        )
    }

    /// An index of every sample article and the sample synonyms.
    static let index: Result<KnowledgeIndex, any Error> = Result {
        let articles = try texts().compactMap { text -> Substring? in
            guard let start = text.range(of: "<article "), let end = text.range(of: "</article>", options: .backwards)
            else { return nil }
            return text[start.lowerBound..<end.upperBound]
        }
        let document = """
            <articles xmlns="urn:frontline:knowledge:1">\(articles.joined(separator: "\n"))</articles>
            """
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("sample-\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: path) }
        try document.write(to: path, atomically: true, encoding: .utf8)
        let index = try KnowledgeIndex.inMemory(articlesAt: path.path)
        index.setSynonyms(try SynonymFile.read(path: repository.appendingPathComponent("knowledge/synonyms.yaml").path))
        return index
    }
}

extension TextSet {
    /// The built-in English texts.
    static let english = TextSet.builtIn("en")
}
