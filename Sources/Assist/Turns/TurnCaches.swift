import Sentiment
import Synchronization

/// A cache of customers' recent turns in open conversations, so that they need not be read for each turn.
///
/// The store is the source of truth: an entry is valid only while the number of turns and of replacements is unchanged,
/// so that changes by other processes are noticed. Two generations bound its size, at the cost of reading an inactive
/// conversation again.
final class TalkCache: Sendable {
    private struct Entry {
        let turns: Int64
        let revision: Int64
        let talk: Talk
        let context: TurnContext?
    }

    private struct Generations {
        var young: [String: Entry] = [:]
        var old: [String: Entry] = [:]
    }

    private static let generation = 10_000
    private let entries = Mutex(Generations())

    /// The talk of a conversation, if it is cached for this number of turns and of replacements, and its context.
    func talk(of conversation: String, turns: Int64, revision: Int64) -> (talk: Talk, context: TurnContext?)? {
        let entry = entries.withLock { $0.young[conversation] ?? $0.old[conversation] }
        guard let entry, entry.turns == turns, entry.revision == revision else { return nil }
        return (entry.talk, entry.context)
    }

    /// Caches the talk of a conversation for a number of turns and of replacements, and its context if that is known.
    func keep(_ talk: Talk, _ context: TurnContext?, of conversation: String, turns: Int64, revision: Int64) {
        entries.withLock { entries in
            if entries.young.count >= Self.generation { entries = Generations(young: [:], old: entries.young) }
            entries.young[conversation] = Entry(turns: turns, revision: revision, talk: talk, context: context)
        }
    }
}

/// A cache of the neutral names of the signals in force, compiled for the scorer.
final class NameCache: Sendable {
    private let cached = Mutex<(list: [String], names: NeutralNames)>(([], .none))

    /// The compiled names of a list; compiled again only if the list has changed.
    func names(_ list: [String]) -> NeutralNames {
        cached.withLock { cached in
            if cached.list != list { cached = (list, NeutralNames(list)) }
            return cached.names
        }
    }
}
