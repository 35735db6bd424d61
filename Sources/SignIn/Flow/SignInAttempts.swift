package import Storage

/// The sign-ins that have begun, in the store, so that a browser may come back to any server that shares it.
///
/// Each counts once and for five minutes. There are at most ``maximum`` of them; with a further one the oldest is forgotten.
package struct SignInAttempts: Sendable {
    /// How many sign-ins may be under way.
    package static let maximum = 10_000
    /// How long one may take, in microseconds.
    package static let lifetime: Int64 = 300_000_000

    private let store: Store

    package init(store: Store) { self.store = store }

    /// The table of this module.
    package static let migrations = [
        Migration(
            "sign-in-attempts",
            [
                """
                CREATE TABLE sign_in_attempts (
                    state_sha256 TEXT NOT NULL PRIMARY KEY,
                    browser_sha256 TEXT NOT NULL,
                    nonce TEXT NOT NULL,
                    verifier TEXT NOT NULL,
                    return_to TEXT NOT NULL,
                    expires_microseconds BIGINT NOT NULL
                )
                """,
                "CREATE INDEX sign_in_attempts_by_end ON sign_in_attempts (expires_microseconds)",
            ],
            generation: 2,
            livesWith: 1
        )
    ]

    /// Notes a sign-in that begins.
    package func add(_ attempt: SignInAttempt, now: Int64) async throws {
        try await store.write(durability: .process) { transaction in
            try transaction.execute(
                "DELETE FROM sign_in_attempts WHERE expires_microseconds <= $1",
                [.integer(now)]
            )
            let count = try transaction.first("SELECT COUNT(*) AS number FROM sign_in_attempts", []) {
                try $0.integer("number")
            }
            if count ?? 0 >= Self.maximum {
                try transaction.execute(
                    """
                    DELETE FROM sign_in_attempts WHERE state_sha256 IN (
                        SELECT state_sha256 FROM sign_in_attempts ORDER BY expires_microseconds, state_sha256 LIMIT 1)
                    """,
                    []
                )
            }
            try transaction.execute(
                """
                INSERT INTO sign_in_attempts (state_sha256, browser_sha256, nonce, verifier, return_to, expires_microseconds)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [
                    .text(ContentHash.sha256(attempt.state)), .text(ContentHash.sha256(attempt.browser)),
                    .text(attempt.nonce), .text(attempt.verifier), .text(attempt.returnTo),
                    .integer(now + Self.lifetime),
                ]
            )
        }
    }

    /// Takes the sign-in that an answer belongs to, which does not count any more afterwards.
    ///
    /// - Parameters:
    ///   - state: what the answer repeats.
    ///   - browser: what the browser has of it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: nil for a sign-in that is unknown, was taken already, took too long, or was begun by another browser.
    /// - Throws: the store's error.
    package func take(state: String, browser: String, now: Int64) async throws -> SignInAttempt? {
        try await store.write { transaction in
            let hashes: [SQLValue] = [.text(ContentHash.sha256(state)), .text(ContentHash.sha256(browser))]
            let found = try transaction.first(
                """
                SELECT nonce, verifier, return_to FROM sign_in_attempts
                WHERE state_sha256 = $1 AND browser_sha256 = $2 AND expires_microseconds > $3
                """,
                hashes + [.integer(now)]
            ) { row in
                SignInAttempt(
                    state: state,
                    browser: browser,
                    nonce: try row.text("nonce"),
                    verifier: try row.text("verifier"),
                    returnTo: try row.text("return_to")
                )
            }
            guard let found else { return nil }
            let taken = try transaction.execute(
                "DELETE FROM sign_in_attempts WHERE state_sha256 = $1 AND browser_sha256 = $2",
                hashes
            )
            return taken > 0 ? found : nil
        }
    }
}
