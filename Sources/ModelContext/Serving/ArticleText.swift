import FrontlineProtocol

/// An article as a text that people and assistants read.
enum ArticleText {
    /// The title, the summary and the sections, in Markdown.
    static func text(of article: KnowledgeGet.Result) -> String {
        var parts = ["# \(article.title)"]
        if let summary = article.summary, !summary.isEmpty { parts.append(summary) }
        for section in article.sections {
            parts.append("## \(section.title ?? section.kind.prefix(1).uppercased() + section.kind.dropFirst())")
            if !section.text.isEmpty { parts.append(section.text) }
        }
        return parts.joined(separator: "\n\n") + "\n"
    }
}
