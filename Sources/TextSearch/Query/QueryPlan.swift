/// What a query looks for in one language part.
struct QueryPlan {
    /// The words to rank by, in the order of the query.
    var slots: [Slot] = []
    /// The function words beside those, looked for in titles and asked phrases, the most telling first.
    var functionWords: [Slot] = []
    /// The first so many of them are ranked by; they find no document by themselves.
    var rankedFunctionWords = 0
    /// Phrases a document must hold; an empty list of terms stands for a word the index does not know.
    var phrases: [PhrasePattern] = []
    /// Words that were read as other words.
    var corrections: [SearchCorrection] = []
    /// The places of words in the query that stand for others and are never guessed at.
    var understood: Set<Int> = []
}

/// Terms at fixed distances.
struct PhrasePattern {
    var terms: [LocatedTerm]
    var distances: [Int]
}
