package import Access

/// Who says what is known of a customer.
package enum FactSource: String, Codable, Sendable, Hashable, CaseIterable {
    /// A person on the line: an agent or a supervisor.
    case agent
    /// A system that keeps customers, or speaks for one that does.
    case integration
    /// Whoever works on the server itself.
    case commandLine = "command_line"

    /// Whether rules may rest on it.
    package var isTrusted: Bool { self != .agent }
}

extension Principal {
    /// The source of what this caller says of a customer.
    package var factSource: FactSource {
        if self == .local { return .commandLine }
        return holds(anyOf: [.integration]) ? .integration : .agent
    }
}
