/// The constants of ranking and typo tolerance.
///
/// The ranking constants were tuned on every second topic of four judged collections (SciFact, CACM, CISI and
/// tau2-banking) and validated on the others. The measures are insensitive to small changes of these values.
package struct SearchTuning: Sendable, Equatable {
    // MARK: Words in fields (BM25F)

    /// Weights of title, keywords, asked phrases, summary, headings and body.
    package var fieldWeights: [Float] = [2.5, 2.5, 2.0, 1.0, 1.5, 1.0]
    /// Length normalisation of each field, 0 (none) to 1 (full); asked phrases are not normalised, so that adding one
    /// does not weaken the others.
    package var fieldLengthNormalisation: [Float] = [0.4, 0.4, 0, 0.4, 0.4, 0.5]
    /// The saturation of term frequency (k1).
    package var saturation: Float = 1.1
    /// The saturation of a word's frequency in the query (k3).
    package var querySaturation: Float = 100
    /// The range to which boosts are clamped.
    package var boostRange: ClosedRange<Float> = 0.8...1.25

    // MARK: Word positions (only for the best documents)

    /// What two neighbouring words of the query add if they occur in the same order and distance, as a fraction of the
    /// smaller weight.
    package var orderedPairWeight = 0.15
    /// What two neighbouring words of the query add if they occur within `proximityWindow` words, as the same fraction.
    package var nearPairWeight = 0.1
    /// The largest distance at which two words of the query count as neighbours, including function words.
    package var proximityReach = 6
    /// The largest distance at which two words of a document count as near each other.
    package var proximityWindow = 8
    /// What a title or asked phrase consisting only of words of the query adds, as a fraction of their weight.
    package var titleCoverageWeight = 0.4

    // MARK: Function words (in titles and asked phrases only)

    /// The combined weight of all function words of a query, as a fraction of its average word weight.
    package var functionWordShare: Float = 0.7
    /// The largest number of other words in a query whose function words are used; in longer queries the other words
    /// suffice.
    package var maximumWordsBesideFunctionWords = 4
    /// The largest number of function words of a query that are used.
    package var maximumFunctionWords = 12
    /// The largest number of function words used for ranking, the rarest ones; the others only count when a phrase
    /// equals the query.
    package var rankedFunctionWords = 3

    // MARK: Typo tolerance

    /// The weight of a completion of the unfinished last word, relative to the word itself.
    package var completionWeight: Float = 0.8
    /// The number of letters from which one edit is tolerated.
    package var oneEditFrom = 4
    /// The number of letters from which two edits are tolerated.
    package var twoEditsFrom = 8
    /// The weight of a word one edit away.
    package var oneEditWeight: Float = 1
    /// The weight of a word two edits away.
    package var twoEditsWeight: Float = 0.9
    /// The likelihood of a replaced letter, relative to a dropped, added or swapped one.
    package var replacedLetterFactor = 0.3
    /// The likelihood that a function word is mistyped, relative to other words.
    package var functionWordFactor = 0.3
    /// The weight of a frequent similar word, relative to the rare word typed that is probably a misspelling of it.
    package var rareWordWeight: Float = 0.4
    /// The largest number of documents with a word for which it may be a misspelling of a word `rareWordRatio` times as
    /// frequent.
    package var rareWordFrequency = 2
    /// How much more frequent the other word must be; see `rareWordFrequency`.
    package var rareWordRatio = 500
    /// How much more frequent a similar word must be for a word whose stem is known, but not in this spelling, to be a
    /// misspelling of it.
    package var unwrittenWordRatio = 8
    /// The weight of each part of an unknown compound, and of the compound for each of two separate words.
    package var compoundWeight: Float = 0.8
    /// The smallest number of letters in a part of a compound.
    package var minimumPartLength = 3
    /// The smallest number of occurrences of a part of a compound (fewer in indexes of less than some thousand
    /// documents).
    package var minimumPartCount = 3

    // MARK: Topics of conversations

    /// The upper limit of a word's weight through repetition, relative to one mention in the newest passage.
    package var maximumMention = 2.0
    /// The amount of significant words in an ordinary remark; when more is said, matches by chance are discounted.
    package var topicExtent = 3.0

    /// The smallest number of documents assumed in word weights.
    ///
    /// Smaller indexes are padded with imagined documents, so that a word in several documents still has weight.
    package var minimumTopicDocuments = 100

    /// The weight of a function word or a word of small talk, relative to other words, when talk is compared with an
    /// asked phrase.
    package var askedFunctionWeight = 0.3
    /// The penalty for each word in between in that comparison.
    package var askedGap = 0.15

    // MARK: Limits

    /// The number of distinct words of a query used for ranking, at most 64; the ones with the largest weight are kept.
    package var maximumQueryWords = 32
    /// The largest number of words in a query whose quotes mark phrases; in longer, conversational text quotes are
    /// ignored.
    package var maximumWordsAroundPhrases = 24
    /// The number of distinct words of a query that are looked up.
    package var maximumDistinctWords = 512
    /// The number of words of a query that are corrected.
    package var maximumCorrections = 16
    /// The number of completions of an unfinished word that are searched for.
    package var maximumCompletions = 16
    /// The number of words an unknown word may be taken for.
    package var maximumGuesses = 4
    /// The number of best documents reranked by word positions.
    package var rerankDepth = 32

    /// The number of newest passages that are used.
    package var maximumTopicPassages = 16
    /// The number of distinct words of talk used to compare documents.
    package var maximumTopicWords = 24
    /// The number of words of the newest passage that are compared with asked phrases.
    package var maximumAskedWords = 64
    /// The number of documents that are compared in detail.
    package var topicDepth = 12

    /// The default values.
    package static let standard = SearchTuning()
}
