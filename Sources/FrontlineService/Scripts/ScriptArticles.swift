package import Knowledge
package import Scripting
import Storage
import Vocabulary

extension ScriptArticleStanding {
    /// Looks up the standing of an article for scripts; an article that cannot be looked up counts as known.
    init(_ id: String, in knowledge: KnowledgeBase) async {
        self = (try? await knowledge.standing(of: id)).map(Self.init) ?? .known
    }

    /// Converts the standing of an article for scripts.
    package init(_ standing: ArticleStanding) {
        switch standing {
        case .published: self = .known
        case .unpublished(let status): self = .hidden(status == .draft ? "a draft" : "retired")
        case .unknown(let nearest): self = .unknown(nearest: nearest)
        }
    }
}

/// Looks up articles for checking scripts in files.
package enum ScriptArticles {
    /// The articles in documents: files, and folders including subfolders.
    ///
    /// - Throws: ``FileError`` for a path that cannot be read.
    package static func inDocuments(_ path: String) throws(FileError) -> ScriptSurroundings.Articles {
        let (items, failures) = ImportSource.documents(of: [path])
        if let failure = failures.first { throw FileError(path: failure.file, reason: failure.error.message) }
        let names = ArticleNames(reading: ArticleImport(documents: items.map { ImportDocument($0) }))
        return { ScriptArticleStanding(names.standing(of: $0)) }
    }

    /// The articles of a data folder; for commands, since each look-up blocks its thread.
    package static func inFolder(_ folder: DataFolder) -> ScriptSurroundings.Articles {
        { [store = folder.store] id in
            (try? store.readNow { try KnowledgeBase.standing(of: id, in: $0) }).map(ScriptArticleStanding.init)
                ?? .known
        }
    }
}
