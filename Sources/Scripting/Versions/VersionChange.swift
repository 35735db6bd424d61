/// One difference between two versions of a script.
package struct VersionChange: Sendable, Hashable {
    /// What happened.
    package enum Kind: String, Sendable {
        case added, removed, changed
    }

    /// What happened.
    package let kind: Kind
    /// The step; nil for a member of the script itself.
    package let step: String?
    /// What it is about: `step NAME`, or a member of the script.
    package let subject: String
    /// The difference in words.
    package let text: String
}
