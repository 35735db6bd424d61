package import JSONRPC

/// The sensitive values of a session: in memory only, gone with the process, handed to the next act step alone.
package struct ScriptSecrets: Sendable {
    /// By frame and name.
    var values: [Int: [String: JSON]] = [:]
    /// The sensitive arguments of the present act step.
    package internal(set) var arguments: [String: JSON] = [:]

    package init() {}

    /// Whether there is nothing to keep.
    package var isEmpty: Bool { values.isEmpty && arguments.isEmpty }

    /// A text without the values that are known here.
    func withheld(from text: String) -> String {
        var result = text
        for value in values.values.flatMap(\.values) + Array(arguments.values) {
            let secret = value.string ?? value.description
            guard secret.utf8.count >= 3 else { continue }
            result = result.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "…")
        }
        return result
    }
}
