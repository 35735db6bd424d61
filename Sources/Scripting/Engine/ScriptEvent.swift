package import Vocabulary

/// An event in a session.
package enum ScriptEvent: Sendable {
    /// The agent advances, with the answer to an ask step, the report of an act step, or no value.
    case advance(JSON?)
    /// The agent accepts what is proposed at an ask step, from this turn if one is named.
    case accept(turn: Int64?)
    /// The agent undoes the last action of a person.
    case back
    /// The agent jumps to another step.
    case jump(step: String, reason: String, isSupervisor: Bool)
    /// The agent skips the step.
    case skip(reason: String, isSupervisor: Bool)
    /// The agent runs another script and then returns to the step.
    case detour(script: String, reason: String)
    /// The agent adds a note.
    case note(String)
    /// The agent abandons the session.
    case abandon(reason: String)
    /// The session is ended from outside.
    case stop(reason: String)
    /// Another agent takes over.
    case assign(agent: JSONObject)
    /// The answer to ``ScriptEffect/decide(_:)``.
    case decided(ticket: Int, ScriptAnswer)
    /// The answer to ``ScriptEffect/resolve(_:)``, and every later decision on a pending resolution.
    case resolved(ticket: Int, ScriptResolution)
    /// The request for a resolution was itself refused.
    case resolveFailed(ticket: Int, String)
}

/// The answer of a decision.
package enum ScriptAnswer: Sendable {
    /// Its result.
    case value(JSON)
    /// Why there is no result.
    case failure(String)
}

/// The state of a resolution.
package struct ScriptResolution: Sendable {
    /// Its id.
    package let id: String
    package let status: ResolutionStatus
    /// The details that texts and expressions see, under the name given by `as`.
    package let details: JSONObject

    package init(id: String, status: ResolutionStatus, details: JSONObject) {
        self.id = id
        self.status = status
        self.details = details
    }
}

/// An effect to perform outside the engine; effects are performed in order.
package enum ScriptEffect: Sendable, Hashable {
    /// Evaluate a decision, then apply ``ScriptEvent/decided(ticket:_:)``.
    case decide(ScriptDecisionRequest)
    /// Request a resolution, then apply ``ScriptEvent/resolved(ticket:_:)``.
    case resolve(ScriptResolutionRequest)
    /// Alert a supervisor or a team.
    case escalate(ScriptEscalation)
    /// These steps were entered, in this order; for statistics.
    case entered([String])
}

/// A decision to evaluate.
package struct ScriptDecisionRequest: Sendable, Hashable {
    /// The number to pass with the answer.
    package let ticket: Int
    package let step: String
    package let model: String
    /// The decision within the model.
    package let decision: String
    /// The inputs given by the script; the caller supplies the others.
    package let inputs: JSONObject
}

/// A resolution to request.
package struct ScriptResolutionRequest: Sendable, Hashable {
    /// The number to pass with the answer.
    ///
    /// It is unique in the session, so that it forms an idempotency key together with the session's id.
    package let ticket: Int
    package let step: String
    /// The action requested.
    package let action: String
    /// The amount as decimal text.
    package let amount: String?
    /// Its currency.
    package let currency: String?
    /// The reason.
    package let reason: String
    /// The object that the resolution refers to.
    package let reference: JSONObject?
    /// Further values that policies may read.
    package let context: JSONObject?
}

/// A call for a supervisor or a team.
package struct ScriptEscalation: Sendable, Hashable {
    /// `supervisor`, or the name of a team.
    package let target: String
    package let step: String
    /// What the agent says at the step.
    package let text: String?
}
