/// The subjects who get a version.
package struct Audience: Sendable, Hashable {
    /// The value of ``share`` for everybody; shares are counted in hundredths of a percent.
    package static let whole: Int64 = 10_000
    package static let everybody = Audience()

    /// The share of the subjects, in hundredths of a percent.
    ///
    /// A larger share includes all subjects of a smaller one.
    package let share: Int64
    /// The teams whose subjects are included; nil for all teams.
    package let teams: Set<String>?

    package init(share: Int64 = Audience.whole, teams: Set<String>? = nil) {
        self.share = min(max(share, 0), Self.whole)
        self.teams = teams
    }

    /// Creates an audience from a share in percent; nil for all subjects.
    package init(percent: Double?, teams: Set<String>?) {
        self.init(share: percent.map { Int64(($0 * 100).rounded()) } ?? Self.whole, teams: teams)
    }

    /// The share in percent.
    package var percent: Double { Double(share) / 100 }

    /// Whether the audience includes all subjects.
    package var isEverybody: Bool { share == Self.whole && teams == nil }

    /// Whether the audience includes a subject.
    ///
    /// `seed` makes rollouts independent of each other, so that different subjects are first to get different versions.
    package func includes(_ subject: String, teams subjectTeams: [String], seed: String) -> Bool {
        if let teams, teams.isDisjoint(with: subjectTeams) { return false }
        return share == Self.whole || Self.place(of: subject, seed: seed) < share
    }

    /// The position of a subject from 0 to 9,999, which is the same in every process (FNV-1a with the finaliser of
    /// SplitMix64).
    private static func place(of subject: String, seed: String) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in (seed + "\u{0}" + subject).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int64((hash ^ (hash >> 31)) % UInt64(whole))
    }
}
