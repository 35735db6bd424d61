import Redaction
package import Vocabulary

/// The values that an expression may see.
enum ScriptSight {
    /// Only values that the session stores; for texts and conditions.
    case kept
    /// Also values in which personal data was found; for values passed to another script, which checks them again.
    case found
    /// Also values declared sensitive; for the arguments of an act step.
    case all
}

/// The sensitive values of a session, which are kept only in memory and passed only to act steps.
package struct ScriptSecrets: Sendable {
    /// The values of variables declared sensitive, by frame and name; they are dropped after the next act step.
    var values: [Int: [String: JSON]] = [:]
    /// The values in which personal data was found, by frame and name; the session stores them redacted.
    var found: [Int: [String: JSON]] = [:]
    /// The sensitive arguments of the current act step.
    package internal(set) var arguments: [String: JSON] = [:]

    package init() {}

    /// The values of a frame visible in addition to those that the session stores.
    func seen(_ sight: ScriptSight, inFrame frame: Int) -> [String: JSON] {
        switch sight {
        case .kept: [:]
        case .found: found[frame] ?? [:]
        case .all: (values[frame] ?? [:]).merging(found[frame] ?? [:]) { declared, _ in declared }
        }
    }

    /// Drops the values of a frame that has ended.
    mutating func forget(frame: Int) {
        values[frame] = nil
        found[frame] = nil
    }

    /// Splits a value into the redacted form to store and, if that differs, the value itself.
    ///
    /// Nothing is stored if the redacted form does not fit the type, as for a number that is a card number.
    static func part(_ value: JSON, of name: String, _ type: ScriptType) -> (kept: JSON?, found: JSON?) {
        let clean = Redactor().redact(value, named: name)
        if clean == value { return (value, JSON?.none) }
        return (type.fitting(clean), value)
    }

    /// Whether there are no sensitive values.
    package var isEmpty: Bool { values.isEmpty && found.isEmpty && arguments.isEmpty }

    /// The text with the sensitive values known here removed.
    func withheld(from text: String) -> String {
        var result = text
        let all = values.values.flatMap(\.values) + found.values.flatMap(\.values) + Array(arguments.values)
        for value in all {
            let secret = value.string ?? value.description
            guard secret.utf8.count >= 3 else { continue }
            result = result.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "…")
        }
        return result
    }
}
