package import Vocabulary

extension Assistant {
    /// Removes signals of some kinds, and the advice based on them, from an answer; used when a contact ends.
    package static func answer(_ answer: JSON, without kinds: Set<String>) -> JSON {
        guard case .object(var members) = answer, !kinds.isEmpty else { return answer }
        if case .array(let signals)? = members["signals"] {
            members["signals"] = .array(signals.filter { $0["kind"]?.string.map { !kinds.contains($0) } ?? true })
        }
        if case .array(let actions)? = members["actions"] {
            members["actions"] = .array(
                actions.filter { action in
                    let name = action["action_id"]?.string.flatMap { ActionName($0) }
                    return name.map { !kinds.contains($0.subject) } ?? true
                }
            )
        }
        return .object(members)
    }
}
