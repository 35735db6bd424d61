package import JSONRPC

/// What can happen to a session.
package enum ScriptEvent: Sendable {
    /// The agent goes on: with the answer of an ask step, the report of an act step, else without a value.
    case advance(JSON?)
    /// The agent undoes the last act of a person.
    case back
    /// The agent goes to another step.
    case jump(step: String, reason: String, isSupervisor: Bool)
    /// The agent leaves the step without doing it.
    case skip(reason: String, isSupervisor: Bool)
    /// The agent turns aside to another script, and comes back to the step.
    case detour(script: String, reason: String)
    /// The agent notes something.
    case note(String)
    /// The agent gives up.
    case abandon(reason: String)
    /// The session is ended from outside.
    case stop(reason: String)
    /// Another agent takes over.
    case assign(agent: JSONObject)
    /// The answer to ``ScriptEffect/decide(_:)``.
    case decided(ticket: Int, ScriptAnswer)
    /// The answer to ``ScriptEffect/resolve(_:)``, and every later decision on a pending resolution.
    case resolved(ticket: Int, ScriptResolution)
    /// The request for a resolution was refused as such.
    case resolveFailed(ticket: Int, String)
}

/// What a decision answered.
package enum ScriptAnswer: Sendable {
    /// Its result.
    case value(JSON)
    /// Why there is none.
    case failure(String)
}

/// How a resolution stands.
package struct ScriptResolution: Sendable {
    /// Where it stands, by the names of the protocol.
    package enum Status: String, Sendable, Hashable, CaseIterable {
        case approved, pending, denied, rejected, cancelled, expired
    }

    /// Its id.
    package let id: String
    /// Where it stands.
    package let status: Status
    /// What texts and expressions see of it, under the name of `as`.
    package let details: JSONObject

    package init(id: String, status: Status, details: JSONObject) {
        self.id = id
        self.status = status
        self.details = details
    }
}

/// What somebody else must do, in the order given.
package enum ScriptEffect: Sendable, Hashable {
    /// Ask a decision, then apply ``ScriptEvent/decided(ticket:_:)``.
    case decide(ScriptDecisionRequest)
    /// Request a resolution, then apply ``ScriptEvent/resolved(ticket:_:)``.
    case resolve(ScriptResolutionRequest)
    /// Call a supervisor or a team.
    case escalate(ScriptEscalation)
    /// These steps were entered, in this order; for whoever measures.
    case entered([String])
}

/// A decision to ask.
package struct ScriptDecisionRequest: Sendable, Hashable {
    /// The number that the answer carries.
    package let ticket: Int
    /// The step.
    package let step: String
    /// The policy.
    package let model: String
    /// Its decision.
    package let decision: String
    /// The inputs the script gives; others are the caller's to supply.
    package let inputs: JSONObject
}

/// A resolution to request.
package struct ScriptResolutionRequest: Sendable, Hashable {
    /// The number that the answer carries; unique in the session, so that it makes an idempotency key with its id.
    package let ticket: Int
    /// The step.
    package let step: String
    /// What is to be done.
    package let action: String
    /// The amount as decimal text.
    package let amount: String?
    /// Its currency.
    package let currency: String?
    /// Why.
    package let reason: String
    /// What it refers to.
    package let reference: JSONObject?
    /// What else rules may read.
    package let context: JSONObject?
}

/// A call for somebody.
package struct ScriptEscalation: Sendable, Hashable {
    /// `supervisor`, or the name of a team.
    package let target: String
    /// The step.
    package let step: String
    /// What the agent says meanwhile.
    package let text: String?
}
