/// Every constant of ranking and forgiveness, in one place.
///
/// The constants of ranking were chosen on every second topic of four judged collections (SciFact, CACM, CISI and
/// tau2-banking) and checked on the others; around these values the measures are flat.
package struct SearchTuning: Sendable, Equatable {
    // MARK: Words in fields (BM25F)

    /// Weights of title, keywords, asked phrases, summary, headings and body.
    package var fieldWeights: [Float] = [2.5, 2.5, 2.0, 1.0, 1.5, 1.0]
    /// Length normalisation of each field, 0 (none) to 1 (full); a further asked phrase takes nothing from the others.
    package var fieldLengthNormalisation: [Float] = [0.4, 0.4, 0, 0.4, 0.4, 0.5]
    /// The saturation of term frequency (k1).
    package var saturation: Float = 1.1
    /// The saturation of a word's frequency in the query (k3).
    package var querySaturation: Float = 100
    /// The range boosts are clamped to.
    package var boostRange: ClosedRange<Float> = 0.8...1.25

    // MARK: Words in their places (the best documents only)

    /// What a pair of neighbours of the query in the same order and distance adds, as a part of the lesser weight.
    package var orderedPairWeight = 0.15
    /// What a pair of neighbours of the query within `proximityWindow` words adds.
    package var nearPairWeight = 0.1
    /// Words of the query count as neighbours up to so many words apart, function words included.
    package var proximityReach = 6
    /// Words of a document are near each other up to so many words apart.
    package var proximityWindow = 8
    /// What a title, or an asked phrase, made of nothing but words of the query adds, as a part of their weight.
    package var titleCoverageWeight = 0.4

    // MARK: Function words (in titles and asked phrases only)

    /// What all function words of a query count together, as a part of an average word of it.
    package var functionWordShare: Float = 0.7
    /// In longer queries function words are not looked at: the other words tell enough.
    package var maximumWordsBesideFunctionWords = 4
    /// The number of function words of a query that are looked at.
    package var maximumFunctionWords = 12
    /// The number of them that are ranked by, the most telling; the others count where a phrase is the query.
    package var rankedFunctionWords = 3

    // MARK: Forgiveness

    /// What a completion of the unfinished last word counts beside the word itself.
    package var completionWeight: Float = 0.8
    /// One typing error is forgiven in words of so many letters.
    package var oneEditFrom = 4
    /// Two typing errors are forgiven in words of so many letters.
    package var twoEditsFrom = 8
    /// What a word one error away counts.
    package var oneEditWeight: Float = 1
    /// What a word two errors away counts.
    package var twoEditsWeight: Float = 0.9
    /// How much less likely a replaced letter is than a dropped, added or swapped one.
    package var replacedLetterFactor = 0.3
    /// How much less likely a function word is mistyped than another.
    package var functionWordFactor = 0.3
    /// What a likely misspelling's frequent neighbour counts beside the rare word that was typed.
    package var rareWordWeight: Float = 0.4
    /// A word in at most so many documents may be a misspelling of one `rareWordRatio` times as frequent.
    package var rareWordFrequency = 2
    /// See `rareWordFrequency`.
    package var rareWordRatio = 500
    /// A word whose stem is known but that is nowhere written so may be a misspelling of one so many times as frequent.
    package var unwrittenWordRatio = 8
    /// What each part of an unknown compound counts, and for each of its two words the compound of two words.
    package var compoundWeight: Float = 0.8
    /// The least number of letters of a part of a compound.
    package var shortestPart = 3
    /// The least number of times a part of a compound must occur (fewer below some thousand documents).
    package var leastPartCount = 3

    // MARK: Topics of talk

    /// The most that repeating a word adds to what it counts, beside saying it once just now.
    package var maximumMention = 2.0
    /// So much of telling words is a usual remark; when more is said, agreement by chance is discounted.
    package var topicExtent = 3.0

    /// In fewer documents than this a word that several have still tells something: as many are imagined beside them.
    package var leastTopicDocuments = 100

    /// What a function word, or a word of small talk, counts beside another when talk is compared with an asked phrase.
    package var askedFunctionWeight = 0.3
    /// What it takes away there that a word stands between.
    package var askedGap = 0.15

    // MARK: Bounds

    /// The number of distinct words of a query that are ranked by, at most 64; the most telling are kept.
    package var maximumQueryWords = 32
    /// Quotes are meant as such in queries of so many words; in longer, conversational text they are ignored.
    package var maximumWordsAroundPhrases = 24
    /// The number of distinct words of a query that are looked up at all.
    package var maximumDistinctWords = 512
    /// The number of words of a query that are corrected.
    package var maximumCorrections = 16
    /// The number of completions of an unfinished word that are searched for.
    package var maximumCompletions = 16
    /// The number of words an unknown word may be taken for.
    package var maximumGuesses = 4
    /// The number of best documents whose words are looked at in their places.
    package var rerankDepth = 32

    /// The number of passages of talk that are looked at.
    package var maximumTopicPassages = 16
    /// The number of distinct words of talk that documents are compared by.
    package var maximumTopicWords = 24
    /// The number of words of the newest passage that asked phrases are compared with.
    package var maximumAskedWords = 64
    /// The number of documents that are compared closely.
    package var topicDepth = 12

    /// The values the project ships with.
    package static let standard = SearchTuning()
}
