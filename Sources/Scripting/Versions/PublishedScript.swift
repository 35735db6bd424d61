package import Versioning
package import Vocabulary

/// A compiled version of a script, shared by any number of sessions.
package struct PublishedScript: Sendable {
    /// Its number, from 1.
    package let version: Int64
    /// The SHA-256 hash of its source.
    package let sha256: String
    /// The source as published.
    package let source: String
    package let definition: ScriptDefinition
}

/// The result of publishing a script.
package struct ScriptPublication: Sendable {
    /// The version with this source.
    ///
    /// It is in force unless ``isNew`` and ``standing`` show that it was left unchanged.
    package let script: PublishedScript
    /// The standing of the source before.
    package let standing: Standing
    /// Whether a version was written and rolled out to its audience.
    package let isNew: Bool
    /// Warnings for the author.
    package let warnings: [String]
}

/// A script as available to a caller.
package struct ScriptListing: Sendable, Hashable {
    /// The id of the script.
    package let id: String
    /// The version the caller would get.
    package let version: Int64
    package let title: String
    package let locale: String?
    package let tags: [String]
    /// What customers say when it applies.
    package let examples: [String]
    /// The articles that its steps name, in order and without duplicates.
    package let knowledge: [String]
}

/// A version of a script and its audience.
package struct ScriptVersionListing: Sendable, Hashable {
    /// The version as published.
    package let version: Version
    package let status: ScriptVersionStatus
    /// The audience; nil if it is not in force.
    package let audience: Audience?
    /// The withdrawal, if it was withdrawn.
    package let withdrawal: Withdrawal?
    /// The number of unfinished sessions on it.
    package let openSessions: Int64
}
