import Storage

extension Article {
    /// Reads an article from the form in which it is stored.
    ///
    /// - Throws: ``StorageError`` `corrupt` when the content was not written by ``canonicalXML``.
    init(canonicalXML: String, source: String) throws(StorageError) {
        var options = ArticleReader.Options()
        options.source = source
        let reader = ArticleReader(.bytes(Array(canonicalXML.utf8), name: "store"), options: options)
        guard case .article(let article, _)? = reader.next() else {
            throw StorageError(code: .corrupt, message: "a stored article cannot be read")
        }
        self = article
    }
}
