package import Versioning

/// A version of a script, ready to be walked by any number of sessions.
package struct PublishedScript: Sendable {
    /// Its number, from 1.
    package let version: Int64
    /// The hash of its source.
    package let sha256: String
    /// The source as it was published.
    package let source: String
    /// The script.
    package let definition: ScriptDefinition
}

/// What publishing a script did.
package struct ScriptPublication: Sendable {
    /// The version that has the source; in force, unless ``isNew`` and ``standing`` say that it was left as it is.
    package let script: PublishedScript
    /// How the source stood before.
    package let standing: Standing
    /// Whether a version was written and given to its audience.
    package let isNew: Bool
    /// What its author should look at.
    package let warnings: [String]
}

/// A script as a caller would get it.
package struct ScriptListing: Sendable, Hashable {
    /// The script.
    package let id: String
    /// The version the caller would get.
    package let version: Int64
    /// Its title.
    package let title: String
    /// Its language.
    package let locale: String?
    /// Its tags.
    package let tags: [String]
    /// What customers say when it fits.
    package let examples: [String]
    /// The articles that its steps name, each once, in the order of the steps.
    package let knowledge: [String]
}

/// A version of a script and to whom it is given.
package struct ScriptVersionListing: Sendable, Hashable {
    /// Whether a version is in force.
    package enum Status: String, Sendable {
        /// Everybody gets it, but for those with a newer one.
        case live
        /// Some get it.
        case partial
        /// A newer version has taken its place.
        case superseded
        /// It was rolled back.
        case withdrawn
    }

    /// The version.
    package let version: Version
    /// Whether it is in force.
    package let status: Status
    /// To whom it is given; nil when it is not in force.
    package let audience: Audience?
    /// Why it was withdrawn.
    package let withdrawal: Withdrawal?
    /// How many sessions on it are not finished.
    package let openSessions: Int64
}
