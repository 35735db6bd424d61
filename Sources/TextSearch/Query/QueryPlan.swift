/// The plan for a query in one language part.
struct QueryPlan {
    /// The words used for ranking, in the order of the query.
    var slots: [Slot] = []
    /// The function words, which are looked up in titles and asked phrases, by descending weight.
    var functionWords: [Slot] = []
    /// The number of function words, from the start, used for ranking; they match no document on their own.
    var rankedFunctionWords = 0
    /// The phrases that a document must contain; an empty list of terms stands for an unknown word.
    var phrases: [PhrasePattern] = []
    /// The words that were corrected.
    var corrections: [SearchCorrection] = []
    /// The ordinals of words with synonyms, which are never corrected.
    var understood: Set<Int> = []
}

/// A phrase: terms at fixed distances.
struct PhrasePattern {
    var terms: [LocatedTerm]
    var distances: [Int]
}
