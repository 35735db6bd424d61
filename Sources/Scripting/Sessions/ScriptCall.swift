package import JSONRPC
import Redaction
import Storage

/// What a caller asks of a session.
package enum ScriptCall: Sendable {
    case advance(revision: Int64, value: JSON?)
    case back(revision: Int64)
    case jump(revision: Int64, step: String, reason: String)
    case detour(revision: Int64, script: String, reason: String)
    case skip(revision: Int64, reason: String)
    case note(String)
    case abandon(reason: String)

    /// The revision the caller has seen; nil for calls that hold whatever happened meanwhile.
    var revision: Int64? {
        switch self {
        case .advance(let revision, _), .back(let revision), .jump(let revision, _, _), .detour(let revision, _, _),
            .skip(let revision, _):
            revision
        case .note, .abandon: nil
        }
    }

    /// Whether it moves the session, and so counts its revision up.
    var isMove: Bool { if case .note = self { false } else { true } }

    /// The name in the log of the session.
    var name: String {
        switch self {
        case .advance: "advance"
        case .back: "back"
        case .jump: "jump"
        case .detour: "detour"
        case .skip: "skip"
        case .note: "note"
        case .abandon: "abandon"
        }
    }

    /// The call without what identifies a person in its free texts.
    func redacted() -> ScriptCall {
        let clean = { (text: String) in Redactor().redact(text).text }
        return switch self {
        case .advance, .back: self
        case .jump(let revision, let step, let reason): .jump(revision: revision, step: step, reason: clean(reason))
        case .detour(let revision, let script, let reason):
            .detour(revision: revision, script: script, reason: clean(reason))
        case .skip(let revision, let reason): .skip(revision: revision, reason: clean(reason))
        case .note(let text): .note(clean(text))
        case .abandon(let reason): .abandon(reason: clean(reason))
        }
    }

    /// What the engine is told.
    func event(isSupervisor: Bool) -> ScriptEvent {
        switch self {
        case .advance(_, let value): .advance(value)
        case .back: .back
        case .jump(_, let step, let reason): .jump(step: step, reason: reason, isSupervisor: isSupervisor)
        case .detour(_, let script, let reason): .detour(script: script, reason: reason)
        case .skip(_, let reason): .skip(reason: reason, isSupervisor: isSupervisor)
        case .note(let text): .note(text)
        case .abandon(let reason): .abandon(reason: reason)
        }
    }

    /// What the log of the session keeps; a sensitive value is left out, of another one what is sensitive in it.
    func record(withholding: Bool) -> JSONObject {
        var record: JSONObject = ["call": .string(name)]
        switch self {
        case .advance(_, let value):
            record[withholding ? "withheld" : "value"] = withholding ? true : value.map { Redactor().redact($0) }
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

    /// What tells a repetition of this call from another one.
    func fingerprint(withholding: Bool) -> String {
        ContentHash.sha256(JSON.object(record(withholding: withholding)).serialized())
    }
}
