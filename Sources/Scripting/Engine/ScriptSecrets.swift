package import JSONRPC
import Redaction

/// Which values an expression sees.
enum ScriptSight {
    /// What the session keeps: texts and conditions.
    case kept
    /// What was found to hold personal data too: what is passed to another script, which finds it again.
    case found
    /// What is declared sensitive as well: the arguments of an act step.
    case all
}

/// The sensitive values of a session: in memory only, gone with the process, handed to act steps alone.
package struct ScriptSecrets: Sendable {
    /// Those of variables that are declared sensitive, by frame and name; the next act step is the last that gets them.
    var values: [Int: [String: JSON]] = [:]
    /// Those that were found to hold personal data, by frame and name: the session keeps them without it.
    var found: [Int: [String: JSON]] = [:]
    /// The sensitive arguments of the present act step.
    package internal(set) var arguments: [String: JSON] = [:]

    package init() {}

    /// The values of a frame that are seen beside what the session keeps.
    func seen(_ sight: ScriptSight, inFrame frame: Int) -> [String: JSON] {
        switch sight {
        case .kept: [:]
        case .found: found[frame] ?? [:]
        case .all: (values[frame] ?? [:]).merging(found[frame] ?? [:]) { declared, _ in declared }
        }
    }

    /// Forgets what belongs to a frame that is gone.
    mutating func forget(frame: Int) {
        values[frame] = nil
        found[frame] = nil
    }

    /// Parts a value into what may be kept under a name and, where that is less, the value itself.
    ///
    /// Nothing is kept where what is left does not fit the type, as of a number that is a card's.
    static func part(_ value: JSON, of name: String, _ type: ScriptType) -> (kept: JSON?, found: JSON?) {
        let clean = Redactor().redact(value, named: name)
        if clean == value { return (value, JSON?.none) }
        return (type.fitting(clean), value)
    }

    /// Whether there is nothing to keep.
    package var isEmpty: Bool { values.isEmpty && found.isEmpty && arguments.isEmpty }

    /// A text without the values that are known here.
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
