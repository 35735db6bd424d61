import Alerts
import Knowledge
package import Sentiment

/// What turns mean: one encoding for the articles, the sentiment and the measure of unmet needs.
extension Assistant {
    /// An encoder with the heads that were trained on its vectors.
    private struct HeadedEncoder {
        let encoder: PassageEncoder
        let heads: SentimentHeads
    }

    private func headed(for locale: String) -> HeadedEncoder? {
        guard let encoder = dependencies.index.model(for: locale),
            let heads = dependencies.heads(locale, encoder.identity)
        else { return nil }
        return HeadedEncoder(encoder: encoder, heads: heads)
    }

    /// Whether the sentiment of English turns is blended with what they mean, and unmet needs are measured.
    package var hasHeads: Bool { headed(for: "en") != nil }

    /// Encodes the customer's newest turn for articles and scripts, and for the sentiment of the outlook.
    ///
    /// If there is no time left, the sentiment stays that of the words, and the need is not measured.
    ///
    /// - Returns: what the talk means, and whether articles can be compared with it besides scripts; nil if words decide.
    func understand(_ outlook: inout Outlook, locale: String) -> (talk: TalkMeaning, isForArticles: Bool)? {
        let forArticles = suggester.encoder(for: outlook.talk, locale: locale)
        let forScripts = outlook.step != nil ? nil : scriptMeaning?.encoder(for: outlook.talk, locale: locale)
        let headed = headed(for: locale)
        guard let encoder = forArticles ?? forScripts ?? headed?.encoder else { return nil }
        let isCompared = forArticles != nil || forScripts != nil
        return meter.time(.encode) {
            let turns = isCompared ? TalkMeaning.texts(of: outlook.talk.turns) : []
            let context = headed == nil ? [] : outlook.context.unencoded
            let vectors = budget.spend { Self.encode(turns + context, encoder) }
            dependencies.encoded(vectors != nil)
            guard let vectors else { return nil }
            outlook.context.learn(vectors.compactMapValues { MeaningVector($0) })
            if let headed { weigh(&outlook, headed.heads, locale: locale) }
            return TalkMeaning(turns.compactMap { vectors[$0] }).map { ($0, forArticles != nil) }
        }
    }

    /// Encodes what an agent said, so that it need not be done when the customer answers.
    func understandAnswer(_ outlook: inout Outlook, locale: String) {
        let texts = outlook.context.unencoded
        guard let headed = headed(for: locale), !texts.isEmpty else { return }
        meter.time(.encode) {
            guard let vectors = budget.spend({ Self.encode(texts, headed.encoder) }) else { return }
            outlook.context.learn(vectors.compactMapValues { MeaningVector($0) })
        }
    }

    /// The vectors of texts, each encoded once.
    private static func encode(_ texts: [String], _ encoder: PassageEncoder) -> [String: [Float]] {
        var seen: Set<String> = []
        let unique = texts.filter { seen.insert($0).inserted }
        return Dictionary(uniqueKeysWithValues: zip(unique, encoder.encode(unique, as: .query)))
    }

    /// Blends the sentiment of the words with the meaning, and measures whether the need is met.
    private func weigh(_ outlook: inout Outlook, _ heads: SentimentHeads, locale: String) {
        guard let score = outlook.sentiment?.score, let meaning = outlook.context.meaning else { return }
        if let scorer = SentimentModel.scorer(for: locale), let estimate = heads.estimate(meaning) {
            outlook.sentiment = scorer.score(outlook.words, names: outlook.names, meaning: estimate)
        }
        outlook.unmet = outlook.context.measured(score: score).flatMap(heads.unmet)
    }

    /// Scores the sentiment of an utterance; names of products listed in the signals in force are treated as neutral.
    ///
    /// What the utterance means counts as well, if there is an encoder and time left to encode it.
    ///
    /// - Returns: the score; nil if there is no model for the language.
    /// - Throws: the store's error.
    package func sentiment(of text: String, locale: String) async throws -> SentimentScore? {
        guard let scorer = SentimentModel.scorer(for: locale) else { return nil }
        let names = names.names(try await dependencies.alerts.signals.book().neutralNames)
        let estimate = headed(for: locale).flatMap { headed in
            budget.spend { headed.encoder.encode([Talk.said(text)], as: .query).first }
                .flatMap { $0 }.flatMap { MeaningVector($0) }.flatMap(headed.heads.estimate)
        }
        return scorer.score(text, names: names, meaning: estimate)
    }
}
