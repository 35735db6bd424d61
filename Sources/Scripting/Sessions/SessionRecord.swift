import Access
import JSONRPC
import Storage

/// A session as it is kept.
struct SessionRecord: Sendable {
    /// The accepted call that a repetition is recognised by.
    struct LastCall: Sendable, Hashable {
        /// The revision it named.
        let revision: Int64
        /// What it was.
        let fingerprint: String
    }

    let id: String
    var state: ScriptState
    var agent: String?
    var teams: [String]
    let conversationID: String?
    /// The customer's id, as it is compared.
    let customerKey: String?
    let locale: String?
    /// Who did what the session is at; a request that was cut short is made again with the same authority.
    var acting: Principal
    var lastCall: LastCall?
    let startedAt: Int64
    var touchedAt: Int64
    var endedAt: Int64?
    var figures: SessionFigures
    /// Counts the writes, from 0 before the first.
    ///
    /// Whoever writes says which one was read.
    var generation: Int64

    /// The customer's id, as it was given.
    var customerID: String? { state.subject.customer["id"]?.string }

    /// The session for a caller.
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

    /// On whose behalf and about whom it asks others.
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

/// What adherence is counted from, kept with each session.
struct SessionFigures: Sendable, Hashable {
    /// Required steps that were done.
    var requiredDone: Int64 = 0
    /// Required steps that were due.
    var requiredTotal: Int64 = 0
    /// Jumps, skips, detours and the abandonment.
    var deviations: Int64 = 0
    /// Whether nothing was jumped to and nothing skipped.
    var isOrderKept = true
    /// Steps entered, each as often as it was.
    var visits: Int64 = 0
    /// The steps without back and restart, once the session is over.
    var directPath: [String]?
}

extension Principal {
    /// The principal as it is stored with a session.
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

    /// Reads what ``storedText`` wrote.
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
