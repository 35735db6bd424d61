/// An article pushed to the agent because of what the customer says.
package struct Suggestion: Sendable, Equatable {
    /// The article.
    package let articleID: String
    /// Its language.
    package let locale: String
    /// Its title.
    package let title: String
    /// The passage that answers best.
    package let snippet: String
    /// How sure it is that the article fits, 0.5 to 1.
    package let score: Double
    /// Why it is offered, in one sentence.
    package let because: String
    /// How strongly the article agrees with the talk, by which a later offer of the same is measured.
    package let fit: Double

    /// Makes the value from its members.
    package init(
        articleID: String,
        locale: String,
        title: String,
        snippet: String,
        score: Double,
        because: String,
        fit: Double
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

/// What was offered before in a conversation.
package struct SuggestionHistory: Sendable, Equatable {
    /// The fit with which each article was offered last.
    package var fits: [String: Double]
    /// The articles that the agent does not want to see again.
    package var dismissed: Set<String>

    /// Creates a history; without arguments nothing was offered.
    package init(fits: [String: Double] = [:], dismissed: Set<String> = []) {
        self.fits = fits
        self.dismissed = dismissed
    }
}
