package import Vocabulary

/// One difference between two versions of a script.
package struct VersionChange: Sendable, Hashable {
    package let kind: ChangeKind
    /// The step; nil for the script's own members.
    package let step: String?
    /// The part that changed: `step NAME`, or a member of the script.
    package let subject: String
    /// A description of the difference.
    package let text: String
}
