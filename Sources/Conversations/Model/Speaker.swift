/// Who takes a turn.
package enum Speaker: String, Codable, Sendable, Hashable, CaseIterable {
    case customer
    case agent
    case bot
    case supervisor
    case system
}
