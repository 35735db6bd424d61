import Access
import Storage
import Synchronization

/// The tokens that have signed in here a short while ago, for those who connect again while the store cannot be asked.
///
/// A desktop loses its connection exactly when much else goes wrong. Who is remembered may do what changes nothing, for as long as
/// one whose connection has lasted (``Session/remembered(now:)``). A token that is revoked while the store answers is forgotten within
/// a second.
final class SeenTokens: Sendable {
    /// A token, and when the store vouched for it, in microseconds since 1970.
    struct Seen {
        let token: Token
        let at: Int64
    }

    private struct State {
        /// By the hashes of their texts.
        var seen: [String: Seen] = [:]
        /// The epoch of tokens that was last looked at.
        var epoch: Int64?
    }

    private static let maximum = 20_000
    /// More than clocks of machines differ by, in microseconds.
    private static let skew: Int64 = 600_000_000

    private let state = Mutex(State())

    /// The epoch to give to ``note(_:_:at:since:)``; nil before the first look.
    var epoch: Int64? { state.withLock { $0.epoch } }

    /// Notes who has signed in.
    ///
    /// - Parameters:
    ///   - text: the text of the token.
    ///   - token: the token, as the store had it.
    ///   - at: when, in microseconds since 1970.
    ///   - epoch: the epoch before the store was asked; nothing is noted if there is another one since.
    func note(_ text: String, _ token: Token, at: Int64, since epoch: Int64?) {
        let hash = ContentHash.sha256(text)
        state.withLock { state in
            guard epoch != nil, state.epoch == epoch else { return }
            if state.seen.count >= Self.maximum { state.seen = [:] }
            state.seen[hash] = Seen(token: token, at: at)
        }
    }

    /// The token of a text, if the store vouched for it not longer than `grace` ago and it has not expired since.
    func find(_ text: String, now: Int64, grace: Int64) -> Seen? {
        let hash = ContentHash.sha256(text)
        guard let seen = state.withLock({ $0.seen[hash] }) else { return nil }
        return (0...grace).contains(now - seen.at) && seen.token.counts(at: now) ? seen : nil
    }

    /// Forgets what was revoked, if any token has changed; to be called every second.
    ///
    /// - Throws: the store's error; nothing is forgotten then.
    func look(_ tokens: TokenRegistry, now: Int64, grace: Int64) async throws {
        let epoch = try await tokens.epoch()
        guard self.epoch != epoch else { return }
        let revoked = try await tokens.revoked(since: now - grace - Self.skew)
        state.withLock { state in
            state.seen = state.seen.filter { !revoked.contains($0.value.token.id) }
            state.epoch = epoch
        }
    }
}
