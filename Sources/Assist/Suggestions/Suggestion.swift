/// An article suggested to the agent because of what the customer says.
package struct Suggestion: Sendable, Equatable {
    /// The id of the article.
    package let articleID: String
    package let locale: String
    package let title: String
    /// The best matching passage.
    package let snippet: String
    /// The certainty that the article fits, 0 to 1.
    package let score: Double
    /// The explanation, in one sentence.
    package let because: String
    /// How well the article matches the talk, in units of the fit from which articles are offered, with which a later suggestion
    /// of the same article is compared; 0 in a stored answer.
    package let fit: Double

    package init(
        articleID: String,
        locale: String,
        title: String,
        snippet: String,
        score: Double,
        because: String,
        fit: Double = 0
    ) {
        self.articleID = articleID
        self.locale = locale
        self.title = title
        self.snippet = snippet
        self.score = score
        self.because = because
        self.fit = fit
    }
}

/// The articles offered earlier in a conversation.
package struct SuggestionHistory: Sendable, Equatable {
    /// The factor by which the fit of an article must have grown for it to be offered again.
    private static let growth = 1.4

    /// The fit with which each article was last offered, see ``Suggestion/fit``.
    package var fits: [String: Double]
    /// The articles that the agent does not want to see again.
    package var dismissed: Set<String>

    /// Creates a history; without arguments it is empty.
    package init(fits: [String: Double] = [:], dismissed: Set<String> = []) {
        self.fits = fits
        self.dismissed = dismissed
    }

    /// Whether an article may be offered with a fit: not if it was dismissed, or offered before with nearly that fit.
    func admits(_ fit: Double, of article: String) -> Bool {
        !dismissed.contains(article) && (fits[article].map { fit >= Self.growth * $0 } ?? true)
    }
}
