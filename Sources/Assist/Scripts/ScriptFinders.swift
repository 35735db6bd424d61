import Synchronization

/// A cache of finders by their scripts, so that agents with the same scripts share one.
final class ScriptFinders: Sendable {
    /// The number of cached finders; teams and rollouts produce only a few different lists.
    private static let maximum = 32
    private let known = Mutex<[[FindableScript]: ScriptFinder]>([:])

    /// The finder for these scripts.
    func finder(of scripts: [FindableScript]) -> ScriptFinder {
        if let finder = known.withLock({ $0[scripts] }) { return finder }
        let made = ScriptFinder(scripts)
        known.withLock { known in
            if known.count >= Self.maximum { known = [:] }
            known[scripts] = made
        }
        return made
    }
}
