extension SearchIndex {
    /// Writes the index to a file, replacing an older one only when the new one is complete and on disk.
    ///
    /// Synonyms and completion phrases are not part of the file.
    /// - Throws: `SearchError` with `.inputOutput`, for instance when the disk is full; the older file then stays.
    package func save(to path: String) throws(SearchError) {
        try IndexFileWriter.write(snapshot, tuning: tuning, to: path)
    }

    /// Reads an index that `save(to:)` has written, with its sequence.
    ///
    /// - Throws: `SearchError`: `.missing`, `.inputOutput`, `.damaged`, or `.otherVersion` when the format, the analysis
    ///   of words or the tuning of impacts differ; in each case the index is to be built anew.
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
