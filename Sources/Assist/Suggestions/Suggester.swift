import Foundation
package import Knowledge
import TextSearch
package import Texts

/// Chooses the articles that fit what the customer has been saying, and none when none fits.
///
/// An article fits as the sum of three measures, none of which depends on how many articles there are or what they are
/// about: the share of the telling words that it answers, where words that no article has count against every one; the
/// weight of what it answers, in units of a word that only one article has; and the share of its title, or of a phrase
/// it is asked by, that was said. The first two count in part only as far as the words stand no more than in the article's
/// text: an article names many things that it is not about.
/// The constants were chosen on halves of several collections (questions that belong to a collection beside questions that
/// do not) by `Integration/suggestions/calibrate.py`, and checked on the other halves.
package struct Suggester: Sendable {
    /// From this fit on an article is offered.
    private static let bar = 1.5
    /// What words count that stand in an article's text and not in its title, keywords, asked phrases or summary.
    private static let inPassing = 0.75
    /// What a phrase that the article is asked by counts beside its title: somebody wrote it down for this.
    private static let asked = 1.25
    /// Less agreement with such a phrase is none: most phrases share some words.
    private static let leastAskedShare = 0.65
    /// At most so many articles are offered for a turn.
    private static let maximum = 3
    /// An article is left out when its fit is below this share of the best one's.
    private static let share = 0.85
    /// What was offered before is offered again when its fit has grown by this factor.
    private static let growth = 1.4
    /// So much of an article's score must come from the newest turn.
    private static let freshness = 0.3
    /// What it adds that the script names the article: the open step, or a step of the script that fits.
    private static let namedByScript = 0.4
    /// How steeply certainty rises with the fit.
    private static let steepness = 4.0

    private let index: KnowledgeIndex

    /// Creates a suggester over the articles.
    package init(index: KnowledgeIndex) { self.index = index }

    /// The articles to offer now, the surest first; none when the newest turn tells nothing or nothing fits.
    ///
    /// - Parameters:
    ///   - talk: what the customer has been saying, the newest turn included.
    ///   - locale: the language of the talk.
    ///   - history: what was offered before.
    ///   - named: the articles that the script names: its current step, or the steps of one that fits.
    ///   - visibility: who is shown the articles.
    ///   - texts: those in which it is told why.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the suggestions.
    package func suggestions(
        for talk: Talk,
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
            return history.fits[id].map { fits[place] >= growth * $0 } ?? true
        }
        let sorted = fitting.sorted { (fits[$0], candidates[$1].id) > (fits[$1], candidates[$0].id) }
        return Array(sorted.prefix(maximum))
    }

    private static func fit(of evidence: TopicCandidate, isNamed: Bool) -> Double {
        let share = inPassing + (1 - inPassing) * evidence.aboutShare
        return (evidence.coverage + evidence.weight) * share
            + max(evidence.titleShare, saidAsAsked(evidence)) + (isNamed ? namedByScript : 0)
    }

    /// What it counts that somebody says what the article is asked by.
    private static func saidAsAsked(_ evidence: TopicCandidate) -> Double {
        evidence.askedShare >= leastAskedShare ? asked * evidence.askedShare : 0
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
            fit: fit
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
