public import JSONRPC

/// To whom a version of a script is given.
///
/// With both members it is a share of the agents of these teams. The share is stable: an agent who gets a version keeps
/// it as the share grows.
public struct ScriptRolloutShare: Codable, Sendable, Hashable {
    private static let maximumTeams = 100

    /// The share of the agents, from 0 to 100; all unless given.
    public var percent: Double?
    /// The teams; all unless given.
    public var teams: [String]?

    /// Makes the value from its members.
    public init(percent: Double? = nil, teams: [String]? = nil) {
        self.percent = percent
        self.teams = teams
    }

    /// Fails for a share out of range and for an empty or overlong list of teams.
    ///
    /// - Throws: `RPCError` naming the member under `path`.
    public func validate(path: String) throws(RPCError) {
        if let percent, !(0...100).contains(percent) {
            throw .invalidParams(path: path + ".percent", expected: "a number from 0 to 100")
        }
        guard let teams else { return }
        guard (1...Self.maximumTeams).contains(teams.count), teams.allSatisfy(Self.isName) else {
            throw .invalidParams(path: path + ".teams", expected: "1 to \(Self.maximumTeams) names of teams")
        }
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
    }
}
