import Sentiment
import Synchronization

/// The neutral names of the signals in force, ready for the scorer.
final class NameCache: Sendable {
    private let cached = Mutex<(list: [String], names: NeutralNames)>(([], .none))

    /// The names of a list; compiled again only when the list is another.
    func names(_ list: [String]) -> NeutralNames {
        cached.withLock { cached in
            if cached.list != list { cached = (list, NeutralNames(list)) }
            return cached.names
        }
    }
}
