package import JSONRPC

/// How an article stands that a script names.
package enum ScriptArticleStanding: Sendable, Hashable {
    /// Agents find it, or nobody knows better.
    case known
    /// There is one, and agents do not find it; the word says why, such as `retired`.
    case hidden(String)
    /// There is none; the id that was probably meant, if any is near.
    case unknown(nearest: String?)
}

/// What a script may refer to; what is nil is not looked at.
package struct ScriptSurroundings: Sendable {
    /// The script of an id, as it stands now.
    package typealias Scripts = @Sendable (_ id: String) -> ScriptDefinition?
    /// The decisions of a policy; nil when there is no such policy.
    package typealias Decisions = @Sendable (_ model: String) -> Set<String>?
    /// Asks a decision; what the script does not pass is supplied from the subject.
    package typealias Decide =
        @Sendable (_ model: String, _ decision: String, _ inputs: JSONObject, _ subject: ScriptSubject) throws -> JSON
    /// How the article of an id stands.
    package typealias Articles = @Sendable (_ id: String) -> ScriptArticleStanding

    /// Other scripts.
    package let script: Scripts?
    /// Policies.
    package let decisions: Decisions?
    /// Answers the decisions of cases that say no answer themselves.
    package let decide: Decide?
    /// Articles.
    package let article: Articles?

    package init(
        script: Scripts? = nil,
        decisions: Decisions? = nil,
        decide: Decide? = nil,
        article: Articles? = nil
    ) {
        self.script = script
        self.decisions = decisions
        self.decide = decide
        self.article = article
    }
}
