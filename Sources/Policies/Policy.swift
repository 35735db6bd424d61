package import DMN

/// A version of a decision model, ready to be evaluated by any number of threads.
///
/// Whoever holds one finishes on it, whatever is published meanwhile.
package struct Policy: Sendable {
    /// The name, which is that of the file without its extension.
    package let name: String
    /// The number of the version.
    package let version: Int64
    /// The hash of the source.
    package let sha256: String
    /// The compiled model.
    package let model: CompiledModel

    package init(name: String, version: Int64, sha256: String, model: CompiledModel) {
        (self.name, self.version, self.sha256, self.model) = (name, version, sha256, model)
    }

    /// The names of its decisions.
    package var decisionNames: [String] { model.decisionNames }
}

/// What a policy of a certain name must be beyond a model without errors; findings of the severity error refuse it.
package typealias PolicyCheck = @Sendable (CompiledModel) -> [Finding]

/// What publishing a policy did.
package struct Publication: Sendable {
    /// The policy that is now in force.
    package let policy: Policy
    /// What its author should look at: gaps, overlaps, rules that are never reached.
    package let warnings: [Finding]
}

/// A policy as lists show it.
package struct PolicyListing: Sendable, Hashable {
    /// The name.
    package let name: String
    /// The version in force.
    package let version: Int64
    /// The hash of its source.
    package let sha256: String
    /// The names of its decisions.
    package let decisions: [String]
}
