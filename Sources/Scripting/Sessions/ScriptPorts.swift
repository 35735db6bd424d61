package import Access
package import Vocabulary

/// Evaluates decisions for `decide` steps, without granting anything.
package protocol DecisionPort: Sendable {
    /// Evaluates a decision.
    ///
    /// Inputs of the model that the script does not give, such as `agent`, `customer`, `history` and `now`, are
    /// supplied as for `resolution.evaluate`.
    ///
    /// - Throws: when the decision cannot be evaluated; the session then takes the step's fallback with a diagnostic.
    func decide(
        _ request: ScriptDecisionRequest,
        for contact: ScriptContact,
        now: Int64
    ) async throws -> JSON
}

/// Requests resolutions for `resolve` steps.
package protocol ResolutionPort: Sendable {
    /// Requests a resolution; repeating a key returns the first answer, so that nothing is granted twice.
    ///
    /// - Throws: ``ScriptError`` when the request itself is refused, which the session treats as a failure; after any
    ///   other error the session waits and repeats the request when it is next accessed.
    func request(
        _ request: ScriptResolutionRequest,
        key: String,
        for contact: ScriptContact,
        now: Int64
    ) async throws -> ScriptResolution

    /// The resolution that a subject requested under a key; nil if there is none.
    func resolution(requestedBy subject: String, key: String) async throws -> ScriptResolution?

    /// Cancels a pending request that the session has abandoned; if it has been decided, it stays.
    func cancel(_ id: String, reason: String, for contact: ScriptContact, now: Int64) async throws

    /// The current state of a resolution; nil if it no longer exists.
    func resolution(_ id: String) async throws -> ScriptResolution?
}

/// Access to the conversations of sessions.
package protocol ConversationPort: Sendable {
    /// The facts about a conversation; nil if it does not exist or the caller may not see it.
    func facts(of conversation: String, for principal: Principal) async throws -> ScriptConversation?

    /// The latest turns of the customer of a conversation, redacted, oldest first; empty for an unknown conversation.
    func said(in conversation: String, limit: Int) async throws -> [HeardTurn]
}

/// Compares sentences by meaning.
package protocol MeaningPort: Sendable {
    /// The similarity of a text to each of several phrases, from -1 to 1; nil if they cannot be compared now.
    ///
    /// It is called while an agent waits, so it takes a bounded time: phrases that are not encoded yet may make it nil.
    func similarities(of text: String, to phrases: [String], locale: String) -> [Double]?
}

/// Looks up the current rights of people who acted earlier.
package protocol ActorPort: Sendable {
    /// The current rights of an actor; nil if the actor is no longer authorised.
    func standing(of actor: Principal, now: Int64) async throws -> Principal?
}

/// What sessions ask of other modules.
package struct ScriptPorts: Sendable {
    package let decisions: any DecisionPort
    package let resolutions: any ResolutionPort
    package let conversations: any ConversationPort
    package let actors: any ActorPort
    /// Nil where nothing can be compared by meaning.
    package let meaning: (any MeaningPort)?

    package init(
        decisions: any DecisionPort,
        resolutions: any ResolutionPort,
        conversations: any ConversationPort,
        actors: any ActorPort,
        meaning: (any MeaningPort)? = nil
    ) {
        self.decisions = decisions
        self.resolutions = resolutions
        self.conversations = conversations
        self.actors = actors
        self.meaning = meaning
    }
}
