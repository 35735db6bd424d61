/// One thing that was looked at in a store or its database, and what was found.
package struct StoreFinding: Sendable, Hashable {
    /// Whether it can stay as it is.
    package enum Verdict: String, Sendable, Codable {
        /// As it should be.
        case fit
        /// The store works, but something that is promised depends on others.
        case doubtful
        /// The store cannot be used like this.
        case unfit
    }

    /// What was looked at, such as `version`.
    package let name: String
    package let verdict: Verdict
    /// What it is.
    package let found: String
    /// What is wrong with it and what to do; nil where nothing is.
    package let advice: String?

    /// Notes a finding: `unfit` or the given verdict with an advice, else `fit`.
    package init(_ name: String, found: String, _ verdict: Verdict = .unfit, advice: String? = nil) {
        (self.name, self.found, self.advice) = (name, found, advice)
        self.verdict = advice == nil ? .fit : verdict
    }
}
