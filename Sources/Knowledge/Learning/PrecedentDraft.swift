package import Access
import Storage
import TextSearch
import Vocabulary

/// What was said before an article was used, and who used it, before it is recorded as a precedent.
///
/// A *precedent* is words after which somebody used or opened an article. New words that are close to those of several
/// people lift the article, see ``PrecedentTally``.
package struct PrecedentDraft: Sendable {
    /// Words in a language.
    package struct Said: Sendable, Hashable {
        package let text: String
        package let locale: String

        package init(_ text: String, locale: String) { (self.text, self.locale) = (text, locale) }
    }

    /// The longest text kept, in characters; sentence encoders read hardly more of one utterance.
    static let maximumText = 500

    /// What the customer said; what was searched for is added from the log of searches.
    package var said: [Said]
    /// The human being: the subject, or what all subjects of that person share.
    let person: String
    /// The audience for which it counts: callers who belong to it.
    let audience: ArticleAudience
    /// The languages of the encoder; words in others are not kept, because nothing could be compared with them.
    let languages: Set<String>
    /// What is recorded of one person a day.
    let perDay: Int

    /// Describes a use.
    ///
    /// - Parameters:
    ///   - said: what the customer said before.
    ///   - user: who used the article, or reports it.
    ///   - agent: the agent for whom an integration reports it.
    ///   - languages: the languages of the encoder.
    ///   - rules: the bounds in force.
    package init(
        _ said: [Said],
        by user: Principal,
        for agent: String? = nil,
        languages: Set<String>,
        rules: LearningRules
    ) {
        self.said = said
        if let agent, user.roles.contains(.integration), !user.holds(anyOf: [.agent, .supervisor]) {
            person = "subject:" + agent
        } else {
            person =
                user.attributes["person"]?.strings.first.map { "person:" + $0 } ?? "subject:" + user.subject
        }
        // The widest audience that all who see as much as the user belong to.
        let audiences = ArticleVisibility(of: user).audiences
        audience = ArticleAudience.allCases.last(where: audiences.contains) ?? .agent
        self.languages = languages
        perDay = rules.perPersonAndDay
    }

    /// Whether words are kept: those in a language of the encoder that name anything.
    func keeps(_ said: Said) -> Bool {
        languages.contains(SearchIndex.language(of: said.locale))
            && !SearchIndex.tellingStems(of: said.text, locale: said.locale).isEmpty
    }
}
