package import DMN
package import Versioning

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

/// A model that was checked and is not in force yet.
package struct PolicyDraft: Sendable {
    /// The policy, with the version 0.
    package let policy: Policy
    /// The model, a DMN document.
    package let source: String
}

/// What a policy of a certain name must be beyond a model without errors; findings of the severity error refuse it.
package typealias PolicyCheck = @Sendable (CompiledModel) -> [Finding]

/// What publishing a policy did.
package struct Publication: Sendable {
    /// The version that has the source; in force, unless the placement says that it was left as it is.
    package let policy: Policy
    /// What its author should look at: gaps, overlaps, rules that are never reached.
    package let warnings: [Finding]
    /// How the source stood before, and whether it was put in force.
    package let placement: LiveChain.Placement
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

/// A version of a policy as it was written.
package struct PolicySource: Sendable, Hashable {
    /// The name.
    package let name: String
    /// The version.
    package let version: Int64
    /// The hash of the source.
    package let sha256: String
    /// Whether it is the version in force.
    package let isInForce: Bool
    /// The model, a DMN document.
    package let source: String
    /// The names of its decisions.
    package let decisions: [String]

    package init(
        name: String,
        version: Int64,
        sha256: String,
        isInForce: Bool,
        source: String,
        decisions: [String]
    ) {
        (self.name, self.version, self.sha256) = (name, version, sha256)
        (self.isInForce, self.source, self.decisions) = (isInForce, source, decisions)
    }
}
