package import IdentityTokens
import Synchronization

/// An issuer of tokens: its configuration and its keys, asked for when they are needed and kept.
///
/// Keys are got again every quarter of an hour, and when a token names one that is not known, so that an issuer may change its keys
/// at any time; nobody can have the issuer asked all the time. When the issuer is away, what is known of it counts for a day. Many who
/// need the keys at once wait for one answer.
///
/// ## Topics
/// - ``claims(of:rules:signIn:now:)``
/// - ``metadata(now:)``
/// - ``refresh(now:)``
package final class Issuer: Sendable {
    private struct State {
        var cache = IssuerCache()
        var isAsking = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// How many wait for one answer; a further one is refused.
    private static let maximumWaiting = 1_000

    /// Its address, letter by letter as its tokens name it.
    package let address: String
    private let transport: any IssuerTransport
    private let state = Mutex(State())

    package init(_ address: String, transport: any IssuerTransport) {
        (self.address, self.transport) = (address, transport)
    }

    /// Checks a token.
    ///
    /// - Parameters:
    ///   - token: the token.
    ///   - rules: what it must be.
    ///   - signIn: for the token of a sign-in, what belongs to it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: what it says.
    /// - Throws: `TokenRefusal`; ``SignInError`` `unavailable` where the issuer's keys are not known.
    package func claims(
        of token: CompactToken,
        rules: TokenRules,
        signIn: TokenRules.SignIn? = nil,
        now: Int64
    ) async throws -> IdentityClaims {
        // What cannot count whatever the keys are does not have the issuer asked.
        _ = try KeySet.algorithm(of: token, allowing: rules.algorithms)
        let known: IssuerCache.Known
        do throws(SignInError) {
            known = try await self.known(key: token.keyID, now: now)
        } catch {
            // A key that the issuer did not have a moment ago: the token is refused, not the issuer away.
            guard let kept = state.withLock({ $0.cache.known }), token.keyID != nil,
                abs(now - kept.at) < IssuerCache.usable
            else { throw error }
            known = kept
        }
        return try rules.claims(of: token, keys: known.keys, signIn: signIn, now: now)
    }

    /// What the issuer says of itself.
    ///
    /// - Throws: ``SignInError`` `unavailable` or `issuer`.
    package func metadata(now: Int64) async throws(SignInError) -> IssuerMetadata {
        try await known(key: nil, now: now).metadata
    }

    /// What the issuer last said of itself, without asking it; nil before the first answer.
    package var lastMetadata: IssuerMetadata? { state.withLock { $0.cache.known?.metadata } }

    /// Asks the issuer again if it is time; to be called every few seconds.
    ///
    /// - Throws: ``SignInError`` when it does not answer.
    package func refresh(now: Int64) async throws(SignInError) {
        guard state.withLock({ $0.cache.isDue(now: now) }) else { return }
        try await ask(now: now)
    }

    private func known(key: String?, now: Int64) async throws(SignInError) -> IssuerCache.Known {
        switch state.withLock({ $0.cache.step(forKey: key, now: now) }) {
        case .use(let known): return known
        case .refuse: throw Self.away
        case .ask:
            try await ask(now: now)
            guard let known = state.withLock({ $0.cache.known }) else { throw Self.away }
            return known
        }
    }

    private static let away = SignInError(.unavailable, "the issuer of sign-ins cannot be reached at the moment")

    /// Asks the issuer, or waits for the answer to somebody else who asks.
    private func ask(now: Int64) async throws(SignInError) {
        let isFirst = state.withLock { state in
            if state.isAsking { return false }
            state.isAsking = true
            state.cache.noteAsking(now: now)
            return true
        }
        guard isFirst else { return try await wait() }
        do throws(SignInError) {
            let metadata = try IssuerMetadata(
                try await transport.get(IssuerMetadata.address(of: address), most: IssuerMetadata.maximumBytes),
                of: address
            )
            let bytes = try await transport.get(metadata.keySet, most: KeySet.maximumBytes)
            let keys = try Self.keys(bytes)
            end { $0.note(metadata, keys, now: now) }
        } catch {
            end { $0.noteFailure() }
            throw error
        }
    }

    private static func keys(_ bytes: [UInt8]) throws(SignInError) -> KeySet {
        do throws(TokenRefusal) { return try KeySet(bytes) } catch { throw SignInError(.issuer, error.message) }
    }

    private func end(_ change: (inout IssuerCache) -> Void) {
        let waiting = state.withLock { state in
            change(&state.cache)
            state.isAsking = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func wait() async throws(SignInError) {
        guard state.withLock({ $0.waiting.count < Self.maximumWaiting }) else { throw Self.away }
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.isAsking { state.waiting.append(continuation) }
                return !state.isAsking
            }
            if isOver { continuation.resume() }
        }
    }

    // MARK: Codes

    /// Exchanges the code of a sign-in for its token (OpenID Connect Core, section 3.1.3).
    ///
    /// - Parameters:
    ///   - code: what the browser brought.
    ///   - verifier: what the sign-in proves itself with (RFC 7636).
    ///   - client: who asks.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the token that says who has signed in, not yet checked.
    /// - Throws: ``SignInError`` `refused` for a code that the issuer does not take; `unavailable`, `issuer`.
    package func exchange(
        _ code: String,
        verifier: String,
        for client: IssuerClient,
        now: Int64
    ) async throws(SignInError) -> String {
        let metadata = try await metadata(now: now)
        let request = client.tokenRequest(code, verifier: verifier, takesBasic: metadata.takesBasic)
        let answer = try await transport.post(
            request.form,
            headers: request.headers,
            to: metadata.tokenEndpoint,
            most: IssuerClient.maximumAnswer
        )
        return try IssuerClient.token(status: answer.status, body: answer.body)
    }
}
