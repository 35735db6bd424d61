/// Which policy decided, and by which rules.
public struct ResolutionPolicy: Codable, Sendable, Hashable {
    /// The version; 0 when there was no policy.
    public var version: Int
    /// The decision that was asked.
    public var decision: String
    /// The ids of the rules that matched, in the order of evaluation.
    public var rules: [String]
    /// The hash of the version's source.
    public var sha256: String?

    /// Makes the value from its members.
    public init(
        version: Int,
        decision: String,
        rules: [String],
        sha256: String? = nil
    ) {
        self.version = version
        self.decision = decision
        self.rules = rules
        self.sha256 = sha256
    }
}
