package import Access
package import JSONRPC
package import Storage

/// Answers decisions for `decide` steps; a preview that grants nothing.
package protocol DecisionPort: Sendable {
    /// The result of a decision.
    ///
    /// Inputs that the model knows and the script does not give, such as `agent`, `customer`, `history` and `now`, are
    /// supplied as `resolution.evaluate` would.
    ///
    /// - Throws: whatever stands in the way; the session takes the step's fallback and says why.
    func decide(
        _ request: ScriptDecisionRequest,
        for contact: ScriptContact,
        now: Int64
    ) throws -> JSON
}

/// Requests resolutions for `resolve` steps.
package protocol ResolutionPort: Sendable {
    /// Requests a resolution; the same key answers the first answer, so that nothing is granted twice.
    ///
    /// - Throws: ``ScriptError`` when the request itself is refused, which the session takes as a failure; any other
    ///   error leaves the session waiting, and the request is repeated when the session is next looked at.
    func request(
        _ request: ScriptResolutionRequest,
        key: String,
        for contact: ScriptContact,
        now: Int64
    ) async throws -> ScriptResolution

    /// What became of a request that a subject has made under a key; nil when none was.
    func resolution(requestedBy subject: String, key: String) throws -> ScriptResolution?

    /// Withdraws a pending request that the session went away from; one that was decided meanwhile stays.
    func cancel(_ id: String, reason: String, for contact: ScriptContact, now: Int64) async throws

    /// How a resolution stands now; nil when it is gone.
    func resolution(_ id: String) throws -> ScriptResolution?
}

/// Calls supervisors for `escalate` steps.
package protocol EscalationPort: Sendable {
    /// Raises an alert, in the transaction that records the step.
    func escalate(
        _ escalation: ScriptEscalation,
        for contact: ScriptContact,
        now: Int64,
        in transaction: WriteTransaction
    ) throws
}

/// The conversations that sessions belong to.
package protocol ConversationPort: Sendable {
    /// What is known of a conversation; nil when there is none that the caller may see.
    func facts(of conversation: String, for principal: Principal) throws -> ScriptConversation?

    /// Tells the conversation's subscribers how a session stands, in the transaction that changes it.
    ///
    /// The session carries no sensitive value.
    func changed(_ session: ScriptSession, in conversation: String, now: Int64, _ transaction: WriteTransaction) throws
}

/// Tells what people may do who acted before.
package protocol ActorPort: Sendable {
    /// What somebody who acted may do now; nil for one who may act no more.
    func standing(of actor: Principal, now: Int64) throws -> Principal?
}

/// What sessions need of other modules.
package struct ScriptPorts: Sendable {
    package let decisions: any DecisionPort
    package let resolutions: any ResolutionPort
    package let escalations: any EscalationPort
    package let conversations: any ConversationPort
    package let actors: any ActorPort

    package init(
        decisions: any DecisionPort,
        resolutions: any ResolutionPort,
        escalations: any EscalationPort,
        conversations: any ConversationPort,
        actors: any ActorPort
    ) {
        self.decisions = decisions
        self.resolutions = resolutions
        self.escalations = escalations
        self.conversations = conversations
        self.actors = actors
    }
}
