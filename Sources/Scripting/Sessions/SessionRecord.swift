import Access
import Storage
import Vocabulary

/// A session as it is stored.
struct SessionRecord: Sendable {
    /// The last accepted call, by which a repetition is recognised.
    struct LastCall: Sendable, Hashable {
        /// The revision that the call named.
        let revision: Int64
        /// The fingerprint of the call.
        let fingerprint: String
    }

    let id: String
    var state: ScriptState
    var agent: String?
    var teams: [String]
    let conversationID: String?
    /// The customer's id, in the form used for comparison.
    let customerKey: String?
    let locale: String?
    /// The person whose call led to the current state; an interrupted request is repeated with the same authority.
    var acting: Principal
    var lastCall: LastCall?
    let startedAt: Int64
    var touchedAt: Int64
    var endedAt: Int64?
    var figures: SessionFigures
    /// The number of writes; 0 before the first.
    ///
    /// A write must name the generation that was read.
    var generation: Int64

    /// The customer's id, as given.
    var customerID: String? { state.subject.customer["id"]?.string }

    /// The session as a caller sees it.
    func session(_ view: ScriptView) -> ScriptSession {
        ScriptSession(
            id: id,
            scriptID: state.script.id,
            version: state.script.version,
            revision: Int64(state.revision),
            view: view,
            agent: agent,
            teams: teams,
            conversationID: conversationID,
            startedAt: startedAt
        )
    }

    /// The actor and subject for requests to other modules.
    var contact: ScriptContact {
        ScriptContact(
            principal: acting,
            sessionID: id,
            scriptID: state.script.id,
            agent: agent,
            teams: teams,
            conversationID: conversationID,
            customerID: customerID,
            customer: state.subject.customer.object ?? [:]
        )
    }
}

/// The figures for adherence, stored with each session.
struct SessionFigures: Sendable, Hashable {
    /// Required steps that were done.
    var requiredDone: Int64 = 0
    /// Required steps that were due.
    var requiredTotal: Int64 = 0
    /// The number of jumps, skips, detours and abandonments.
    var deviations: Int64 = 0
    /// Whether the session has no jumps and no skips.
    var isOrderKept = true
    /// The number of steps entered, including repetitions.
    var visits: Int64 = 0
    /// The path without backtracking and restarts, once the session has ended.
    var directPath: [String]?
}

extension Principal {
    /// The principal in the form stored with a session.
    var storedText: String {
        let attributes = attributes.sorted { $0.key < $1.key }.map { name, value in
            JSONObject.Member(key: name, value: value.json)
        }
        let object: JSONObject = [
            "subject": .string(subject),
            "roles": .array(roles.map(\.rawValue).sorted().map(JSON.string)),
            "attributes": .object(JSONObject(attributes)),
        ]
        return JSON.object(object).description
    }

    /// Reads the form written by ``storedText``.
    init(storedText: String) throws {
        let json = try JSON(parsing: Array(storedText.utf8))
        let attributes = (json["attributes"]?.object ?? [:]).map { member in
            (member.key, AttributeValue(json: member.value))
        }
        self.init(
            subject: json["subject"]?.string ?? "",
            roles: try Set(
                (json["roles"]?.array ?? []).map {
                    try Role(stored: $0.string ?? "", as: "a role of who acts in a session")
                }
            ),
            attributes: Dictionary(attributes, uniquingKeysWith: { first, _ in first })
        )
    }
}

extension AttributeValue {
    var json: JSON {
        switch self {
        case .one(let text): .string(text)
        case .many(let texts): .array(texts.map(JSON.string))
        }
    }

    init(json: JSON) {
        if let text = json.string { self = .one(text) } else { self = .many((json.array ?? []).compactMap(\.string)) }
    }
}
