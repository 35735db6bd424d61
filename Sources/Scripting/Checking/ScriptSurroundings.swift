package import Vocabulary

/// Whether an article that a script names can be shown to agents.
package enum ScriptArticleStanding: Sendable, Hashable {
    /// Agents can find it, or nothing is known about it.
    case known
    /// It exists, but agents cannot find it; the value says why, such as `retired`.
    case hidden(String)
    /// It does not exist; `nearest` is the most similar id, if one is similar enough.
    case unknown(nearest: String?)
}

/// Looks up what a script may refer to; references whose look-up is nil are not checked.
package struct ScriptSurroundings: Sendable {
    /// Finds the current version of a script by id.
    package typealias Scripts = @Sendable (_ id: String) -> ScriptDefinition?
    /// Finds the decisions of a policy; nil if the policy does not exist.
    package typealias Decisions = @Sendable (_ model: String) -> Set<String>?
    /// Evaluates a decision; inputs that the script does not pass are taken from the subject.
    package typealias Decide =
        @Sendable (_ model: String, _ decision: String, _ inputs: JSONObject, _ subject: ScriptSubject) throws -> JSON
    /// Finds the standing of an article by id.
    package typealias Articles = @Sendable (_ id: String) -> ScriptArticleStanding

    /// The look-up of other scripts.
    package let script: Scripts?
    /// The look-up of policies.
    package let decisions: Decisions?
    /// Evaluates decisions for cases that do not specify the answer.
    package let decide: Decide?
    /// The look-up of articles.
    package let article: Articles?
    /// The extractors.
    package let extractors: ExtractorBook?

    package init(
        script: Scripts? = nil,
        decisions: Decisions? = nil,
        decide: Decide? = nil,
        article: Articles? = nil,
        extractors: ExtractorBook? = nil
    ) {
        self.script = script
        self.decisions = decisions
        self.decide = decide
        self.article = article
        self.extractors = extractors
    }
}
