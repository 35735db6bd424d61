extension SearchIndex {
    /// Writes the index to a file; an existing file is replaced only when the new one is complete and synced to disk.
    ///
    /// Synonyms and completion phrases are not part of the file.
    /// - Throws: `SearchError` with `.inputOutput`, for example when the disk is full; the existing file then remains.
    package func save(to path: String) throws(SearchError) {
        try IndexFileWriter.write(snapshot, tuning: tuning, to: path)
    }

    /// Reads an index written by `save(to:)`, including its sequence.
    ///
    /// - Throws: `SearchError`: `.missing`, `.inputOutput`, `.damaged`, or `.otherVersion` when the format, the
    ///   analysis of words or the tuning of impacts differs; in each case rebuild the index.
    package static func load(
        from path: String,
        tuning: SearchTuning = .standard,
        synonyms: SynonymTable = SynonymTable()
    ) throws(SearchError) -> SearchIndex {
        var snapshot = try IndexFileReader.read(path, tuning: tuning)
        snapshot.synonyms = synonyms
        snapshot.compileSynonyms(anew: true)
        return SearchIndex(snapshot: snapshot, tuning: tuning)
    }
}
