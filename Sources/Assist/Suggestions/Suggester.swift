import Foundation
package import Knowledge
import TextSearch
package import Texts

/// Chooses the articles that fit the customer's recent turns, if any.
///
/// With a sentence encoder an article fits by what was said and means (``MeaningFit``): its passages are compared with the turn,
/// and so are remarks that no article answers (``Remarks``). What several people used after similar words is lifted. Without one, and for turns that there was no time to encode, words
/// decide.
///
/// By words, the fit of an article is the sum of three measures, none of which depends on the number or the topics of the
/// articles: the share of the significant words that occur in the article, where words in no article count against
/// every article; the weight of the words that occur in it, in units of a word unique to one article; and the share of
/// its title, or of one of its asked phrases, that was said. Words that occur only in the article's running text count
/// less in the first two measures, because an article mentions many things that are not its topic. The constants were
/// calibrated on halves of several collections (with matching and non-matching questions) by
/// `Integration/suggestions/calibrate.py`, and validated on the other halves.
package struct Suggester: Sendable {
    /// The fit from which an article is offered.
    private static let bar = 1.56
    /// The weight of words that occur in an article's text but not in its title, keywords, asked phrases or summary.
    private static let inPassing = 0.75
    /// The weight of an asked phrase relative to the title; it is larger because authors write asked phrases for this
    /// purpose.
    private static let asked = 1.25
    /// The agreement with an asked phrase below which it is ignored, because most phrases share some words.
    private static let minimumAskedShare = 0.65
    /// The largest number of articles offered for a turn.
    private static let maximum = 3
    /// The smallest fit of an article, as a share of the best one's.
    private static let share = 0.85
    /// The share of an article's score that must come from the newest turn.
    private static let freshness = 0.3
    /// What is added to the fit of an article named by the open step or by a step of the script that fits.
    private static let namedByScript = 0.4
    /// The slope with which the score rises with the fit.
    private static let steepness = 4.0

    private let index: KnowledgeIndex
    private let remarks: Remarks

    /// Creates a suggester that uses this index.
    package init(index: KnowledgeIndex, remarks: Remarks = .builtIn) { (self.index, self.remarks) = (index, remarks) }

    /// Encodes some of what has to be encoded before talk can be compared by meaning.
    ///
    /// Cost: some milliseconds a remark on the calling thread, once for each model; call it in the background.
    ///
    /// - Parameter limit: how many remarks to encode at most.
    /// - Returns: whether everything is encoded.
    @discardableResult
    package func prepare(atMost limit: Int = .max) -> Bool {
        index.meaning.map { remarks.prepare($0.encoder, atMost: limit) } ?? true
    }

    /// The model for encoding a turn; nil if it must be compared by words.
    ///
    /// That is so without a model for the language, before the articles and the remarks have been encoded, and for a turn
    /// without significant words.
    package func encoder(for talk: Talk, locale: String) -> PassageEncoder? {
        guard let newest = talk.turns.last, !SearchIndex.tellingStems(of: newest, locale: locale).isEmpty,
            let encoder = index.encoder(for: locale), remarks.isReady(for: encoder)
        else { return nil }
        return encoder
    }

    /// The articles to offer now, by descending score; none if the newest turn has no significant words or nothing
    /// fits.
    ///
    /// - Parameters:
    ///   - talk: the customer's recent turns, including the newest.
    ///   - meaning: what they mean; nil to compare by words alone.
    ///   - locale: the language of the talk.
    ///   - history: the articles offered before.
    ///   - named: the articles named by the current step, or by the steps of the script that fits.
    ///   - visibility: the articles that the agent may see.
    ///   - texts: the texts for the explanations.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the suggestions.
    package func suggestions(
        for talk: Talk,
        meaning: TalkMeaning? = nil,
        locale: String,
        history: SuggestionHistory = SuggestionHistory(),
        named: Set<String> = [],
        visibility: ArticleVisibility,
        texts: TextSet,
        now: Int64
    ) -> [Suggestion] {
        guard let newest = talk.turns.last, !SearchIndex.tellingStems(of: newest, locale: locale).isEmpty else {
            return []
        }
        if let meaning {
            return suggestions(
                for: talk,
                meaning,
                Circumstances(
                    locale: locale,
                    history: history,
                    named: named,
                    visibility: visibility,
                    texts: texts,
                    now: now
                )
            )
        }
        let articles = index.topics(talk.passages, locale: locale, visibility: visibility, now: now) { candidates in
            Self.choice(among: candidates, history: history, named: named)
        }
        return articles.map { Self.suggestion($0, isNamed: named.contains($0.id), texts: texts) }
    }

    private static func choice(
        among candidates: [(id: String, evidence: TopicCandidate)],
        history: SuggestionHistory,
        named: Set<String>
    ) -> [Int] {
        let fits = candidates.map { fit(of: $0.evidence, isNamed: named.contains($0.id)) }
        let best = fits.max() ?? 0
        let fitting = candidates.indices.filter { place in
            let id = candidates[place].id
            guard fits[place] >= bar, fits[place] >= share * best, !history.dismissed.contains(id),
                candidates[place].evidence.freshShare >= freshness
            else { return false }
            return history.admits(fits[place] / bar, of: id)
        }
        let sorted = fitting.sorted { (fits[$0], candidates[$1].id) > (fits[$1], candidates[$0].id) }
        return Array(sorted.prefix(maximum))
    }

    private static func fit(of evidence: TopicCandidate, isNamed: Bool) -> Double {
        let share = inPassing + (1 - inPassing) * evidence.aboutShare
        return (evidence.coverage + evidence.weight) * share
            + max(evidence.titleShare, saidAsAsked(evidence)) + (isNamed ? namedByScript : 0)
    }

    /// The contribution of a matching asked phrase to the fit.
    private static func saidAsAsked(_ evidence: TopicCandidate) -> Double {
        evidence.askedShare >= minimumAskedShare ? asked * evidence.askedShare : 0
    }

    private static func suggestion(_ article: TopicalArticle, isNamed: Bool, texts: TextSet) -> Suggestion {
        let fit = fit(of: article.evidence, isNamed: isNamed)
        return Suggestion(
            articleID: article.id,
            locale: article.locale,
            title: article.title,
            snippet: article.snippet,
            score: certainty(fit),
            because: reason(article.evidence, isNamed: isNamed, texts: texts),
            fit: fit / bar
        )
    }

    private static func certainty(_ fit: Double) -> Double {
        (1 / (1 + exp(-steepness * (fit - bar))) * 1_000).rounded() / 1_000
    }

    private static func reason(_ evidence: TopicCandidate, isNamed: Bool, texts: TextSet) -> String {
        func quoted(_ words: [String]) -> TextValue {
            .text(words.prefix(4).map { texts.text("fit.word", ["word": .text($0)]) }.joined(separator: ", "))
        }
        let others = evidence.words.filter { !evidence.titleWords.contains($0) }
        var values: [String: TextValue] = ["covered": .count(Int((evidence.coverage * 100).rounded()))]
        if !evidence.titleWords.isEmpty { values["title"] = quoted(evidence.titleWords) }
        if !others.isEmpty { values["words"] = quoted(others) }
        if !evidence.titleWords.isEmpty, !others.isEmpty { values["both"] = .text("1") }
        if saidAsAsked(evidence) > evidence.titleShare, let asked = evidence.asked { values["asked"] = .text(asked) }
        if isNamed { values["named"] = .text("1") }
        return texts.text("fit.article", values)
    }
}

/// Suggestions by meaning and words.
extension Suggester {
    /// What a choice depends on besides the talk.
    private struct Circumstances {
        let locale: String
        let history: SuggestionHistory
        let named: Set<String>
        let visibility: ArticleVisibility
        let texts: TextSet
        let now: Int64
    }

    private func suggestions(for talk: Talk, _ meaning: TalkMeaning, _ here: Circumstances) -> [Suggestion] {
        let (locale, visibility, now) = (here.locale, here.visibility, here.now)
        var words: [String: TopicCandidate] = [:]
        _ = index.topics(talk.passages, locale: locale, visibility: visibility, now: now) { candidates in
            for candidate in candidates { words[candidate.evidence.key] = candidate.evidence }
            return []
        }
        let uses = index.uses(after: meaning, locale: locale, visibility: visibility, now: now)
        let lift = index.learningRules.similarityLift
        let articles = index.near(
            meaning,
            others: Set(words.keys).union(uses.keys).sorted(),
            locale: locale,
            visibility: visibility,
            now: now
        )
        let rivalry = remarks.rivalry(
            of: meaning.newest,
            best: articles.reduce(0) { max($0, $1.newest) },
            in: index,
            locale: locale,
            visibility: visibility,
            now: now
        )
        let fits = articles.map { article in
            MeaningFit(
                similarity: article.similarity,
                weight: words[article.key]?.weight ?? 0,
                rivalry: rivalry,
                isNamed: here.named.contains(article.id),
                use: lift * (uses[article.key]?.strength ?? 0)
            )
        }
        let offered = MeaningFit.offered(fits).filter { place in
            here.history.admits(fits[place].value / MeaningFit.bar, of: articles[place].id)
        }
        let shown = index.shown(
            offered.prefix(Self.maximum).map { articles[$0] },
            locale: locale,
            visibility: visibility,
            now: now
        )
        let fitOf = Dictionary(zip(articles.map(\.key), fits)) { first, _ in first }
        return shown.compactMap { one in
            fitOf[one.article.key].map { fit in
                let used = lift > 0 ? uses[one.article.key] : nil
                return Self.suggestion(one, fit, words[one.article.key], used, here)
            }
        }
    }

    private static func suggestion(
        _ shown: ShownArticle,
        _ fit: MeaningFit,
        _ words: TopicCandidate?,
        _ used: UseEvidence?,
        _ here: Circumstances
    ) -> Suggestion {
        Suggestion(
            articleID: shown.article.id,
            locale: shown.locale,
            title: shown.title,
            snippet: shown.passage,
            score: (fit.probability * 1_000).rounded() / 1_000,
            because: reason(shown, words, used, isNamed: here.named.contains(shown.article.id), texts: here.texts),
            fit: fit.value / MeaningFit.bar
        )
    }

    private static let quotedLength = 90

    private static func reason(
        _ shown: ShownArticle,
        _ words: TopicCandidate?,
        _ used: UseEvidence?,
        isNamed: Bool,
        texts: TextSet
    ) -> String {
        let passage = shown.passage.split(whereSeparator: \.isNewline).joined(separator: " ")
        let quoted = passage.count > quotedLength ? passage.prefix(quotedLength - 1) + "…" : passage[...]
        var values: [String: TextValue] = [shown.isAsked ? "asked" : "passage": .text(String(quoted))]
        if let words, !words.words.isEmpty {
            values["words"] = .text(
                words.words.prefix(4).map { texts.text("fit.word", ["word": .text($0)]) }.joined(separator: ", ")
            )
        }
        if isNamed { values["named"] = .text("1") }
        if let used { values["used"] = .count(used.times) }
        return texts.text("fit.meaning", values)
    }
}
