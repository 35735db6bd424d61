package import Access
import Vocabulary

/// The source of facts about a customer.
package enum FactSource: String, Codable, Sendable, Hashable, CaseIterable {
    /// A person in the contact centre: an agent or a supervisor.
    case agent
    /// A system that stores customers, or acts for one.
    case integration
    /// A person who runs commands on the server.
    case commandLine = "command_line"

    /// Whether policies may rely on facts from this source.
    package var isTrusted: Bool { self != .agent }
}

extension Principal {
    /// The source of facts that this caller gives.
    package var factSource: FactSource {
        if self == .local { return .commandLine }
        return holds(anyOf: [.integration]) ? .integration : .agent
    }
}
