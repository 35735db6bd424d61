/// How much something matters, from the least to the most.
public enum Severity: String, Codable, Sendable, Hashable, CaseIterable {
    /// Good to know.
    case info
    /// Somebody should look.
    case warning
    /// Somebody must look now.
    case critical

    /// From 0 for the least.
    public var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }
}

extension Severity: Comparable {
    /// Orders from the least to the most.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
