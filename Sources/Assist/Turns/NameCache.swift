import Sentiment
import Synchronization

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
