import Synchronization

/// What customers have been saying in the conversations that go on, so that it need not be read anew for each turn.
///
/// The store is the truth: an entry counts only while the conversation has as many turns as when it was made, and none of
/// them was replaced since, so that what another process does is noticed. Two generations bound it, at the cost of reading a quiet conversation again.
final class TalkCache: Sendable {
    private struct Entry {
        let turns: Int64
        let revision: Int64
        let talk: Talk
    }

    private struct Generations {
        var young: [String: Entry] = [:]
        var old: [String: Entry] = [:]
    }

    private static let generation = 10_000
    private let entries = Mutex(Generations())

    /// What was said in a conversation, if that is known as of this number of turns and of replacements.
    func talk(of conversation: String, turns: Int64, revision: Int64) -> Talk? {
        let entry = entries.withLock { $0.young[conversation] ?? $0.old[conversation] }
        return entry.flatMap { $0.turns == turns && $0.revision == revision ? $0.talk : nil }
    }

    /// Keeps what was said in a conversation as of a number of turns and of replacements.
    func keep(_ talk: Talk, of conversation: String, turns: Int64, revision: Int64) {
        entries.withLock { entries in
            if entries.young.count >= Self.generation { entries = Generations(young: [:], old: entries.young) }
            entries.young[conversation] = Entry(turns: turns, revision: revision, talk: talk)
        }
    }
}
