import Access
import Vocabulary

/// A session during one call: the record that was read, the new state, and what to write.
struct SessionDraft: Sendable {
    var record: SessionRecord
    /// What the session meets in the name of whoever acts.
    var library: ScriptLibrary
    /// What the customer has said so far.
    var hearing = ScriptHearing.silent
    var secrets: ScriptSecrets
    /// The log entry of the call.
    var entry: JSONObject
    /// Who makes the call.
    let actor: Principal
    /// The answers from other modules passed to the engine.
    var answers: [JSON] = []
    /// The steps entered since the last write.
    var entered: [String] = []
    /// The calls for help since the last write.
    var escalations: [ScriptEscalation] = []
    /// The resolutions to request after the session is written.
    var requests: [ScriptResolutionRequest] = []

    /// Adds effects, except decisions, which are evaluated at once.
    ///
    /// - Returns: the decisions to evaluate.
    mutating func add(_ effects: [ScriptEffect]) -> [ScriptDecisionRequest] {
        var decisions: [ScriptDecisionRequest] = []
        for effect in effects {
            switch effect {
            case .decide(let request): decisions.append(request)
            case .resolve(let request): requests.append(request)
            case .escalate(let escalation): escalations.append(escalation)
            case .entered(let steps): entered += steps
            }
        }
        return decisions
    }

    /// The complete entry for the session's log.
    var event: JSON {
        var event = entry
        if !answers.isEmpty { event["answers"] = .array(answers) }
        return .object(event)
    }
}

extension ScriptEvent {
    /// The log entry for an answer of another module; nil for events caused by people.
    var answer: JSON? {
        switch self {
        case .decided(let ticket, .value(let value)): ["decided": .number(JSONNumber(ticket)), "value": value]
        case .decided(let ticket, .failure(let message)):
            ["decided": .number(JSONNumber(ticket)), "failure": .string(message)]
        case .resolved(let ticket, let resolution):
            [
                "resolved": .number(JSONNumber(ticket)), "resolution_id": .string(resolution.id),
                "status": .string(resolution.status.rawValue), "details": .object(resolution.details),
            ]
        case .resolveFailed(let ticket, let message):
            ["resolved": .number(JSONNumber(ticket)), "failure": .string(message)]
        default: nil
        }
    }
}
