import Redaction
import Storage
package import Vocabulary

/// A call on a session.
package enum ScriptCall: Sendable {
    case advance(revision: Int64, value: JSON?)
    /// Takes what is proposed; `turn` is that of the proposal that the caller has seen, nil for any.
    case accept(revision: Int64, turn: Int64?)
    case back(revision: Int64)
    case jump(revision: Int64, step: String, reason: String)
    case detour(revision: Int64, script: String, reason: String)
    case skip(revision: Int64, reason: String)
    case note(String)
    case abandon(reason: String)

    /// The revision that the caller has seen; nil for calls that apply to any revision.
    var revision: Int64? {
        switch self {
        case .advance(let revision, _), .accept(let revision, _), .back(let revision), .jump(let revision, _, _),
            .detour(let revision, _, _), .skip(let revision, _):
            revision
        case .note, .abandon: nil
        }
    }

    /// Whether the call moves the session and so increments its revision.
    var isMove: Bool { if case .note = self { false } else { true } }

    /// Its name in the session's log.
    var name: String {
        switch self {
        case .advance, .accept: "advance"
        case .back: "back"
        case .jump: "jump"
        case .detour: "detour"
        case .skip: "skip"
        case .note: "note"
        case .abandon: "abandon"
        }
    }

    /// The call with personal data in its free texts redacted.
    func redacted() -> ScriptCall {
        let clean = { (text: String) in Redactor().redact(text).text }
        return switch self {
        case .advance, .accept, .back: self
        case .jump(let revision, let step, let reason): .jump(revision: revision, step: step, reason: clean(reason))
        case .detour(let revision, let script, let reason):
            .detour(revision: revision, script: script, reason: clean(reason))
        case .skip(let revision, let reason): .skip(revision: revision, reason: clean(reason))
        case .note(let text): .note(clean(text))
        case .abandon(let reason): .abandon(reason: clean(reason))
        }
    }

    /// The corresponding event of the engine.
    func event(isSupervisor: Bool) -> ScriptEvent {
        switch self {
        case .advance(_, let value): .advance(value)
        case .accept(_, let turn): .accept(turn: turn)
        case .back: .back
        case .jump(_, let step, let reason): .jump(step: step, reason: reason, isSupervisor: isSupervisor)
        case .detour(_, let script, let reason): .detour(script: script, reason: reason)
        case .skip(_, let reason): .skip(reason: reason, isSupervisor: isSupervisor)
        case .note(let text): .note(text)
        case .abandon(let reason): .abandon(reason: reason)
        }
    }

    /// The entry for the session's log.
    ///
    /// A sensitive value is left out; other values are redacted.
    func record(withholding: Bool) -> JSONObject {
        var record: JSONObject = ["call": .string(name)]
        switch self {
        case .advance(_, let value):
            record[withholding ? "withheld" : "value"] = withholding ? true : value.map { Redactor().redact($0) }
        case .accept(_, let turn):
            record["accept"] = true
            record["turn"] = turn.map { .number(JSONNumber($0)) }
        case .jump(_, let step, let reason):
            record["step"] = .string(step)
            record["reason"] = .string(reason)
        case .detour(_, let script, let reason):
            record["script_id"] = .string(script)
            record["reason"] = .string(reason)
        case .skip(_, let reason), .abandon(let reason): record["reason"] = .string(reason)
        case .note(let text): record["text"] = .string(text)
        case .back: break
        }
        return record
    }

    /// A fingerprint by which a repetition of this call is recognised.
    func fingerprint(withholding: Bool) -> String {
        ContentHash.sha256(JSON.object(record(withholding: withholding)).serialized())
    }
}
