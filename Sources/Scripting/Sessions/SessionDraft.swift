import Access
import JSONRPC

/// A session on its way from one accepted call to the next: what was read, what became of it, and what to write.
struct SessionDraft: Sendable {
    var record: SessionRecord
    var secrets: ScriptSecrets
    /// What the log keeps of the call.
    var entry: JSONObject
    /// Who makes the call.
    let actor: Principal
    /// The answers of others that the engine was given.
    var answers: [JSON] = []
    /// The steps entered since the last write.
    var entered: [String] = []
    /// Calls for somebody since the last write.
    var escalations: [ScriptEscalation] = []
    /// Resolutions to request once what led to them is written.
    var requests: [ScriptResolutionRequest] = []

    /// Adds what the engine wants done, but for decisions, which are answered at once.
    ///
    /// - Returns: the decisions.
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

    /// What the log of the session keeps.
    var event: JSON {
        var event = entry
        if !answers.isEmpty { event["answers"] = .array(answers) }
        return .object(event)
    }
}

extension ScriptEvent {
    /// The answer of somebody else as the log of the session keeps it; nil for what people do.
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
