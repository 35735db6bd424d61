import Synchronization

/// The finders that were made, by the scripts they hold: agents who get the same scripts share one.
final class ScriptFinders: Sendable {
    /// Teams and shares make a few different lists; more than this are made anew.
    private static let maximum = 32
    private let known = Mutex<[[FindableScript]: ScriptFinder]>([:])

    /// The finder of these scripts.
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
