package import Storage
import Synchronization

/// How often tokens of integrations called which method.
///
/// Calls are counted in memory, at the cost of a look-up under a lock, and written by a timer. There is one count for a
/// token and a method, so the table never has more rows than tokens times methods. What was counted and not yet
/// written is lost with the process.
///
/// ## Topics
/// - ``note(_:method:isRefused:now:)``
/// - ``write()``
/// - ``counts(of:)``
package final class TokenUsage: Sendable {
    /// How often a method was called with a token.
    package struct Count: Sendable, Hashable {
        /// The method.
        package let method: String
        /// Calls that were let through.
        package var calls: Int64 = 0
        /// Calls that were refused because the token is not declared for the method.
        package var refused: Int64 = 0
        /// When the last of them came, in microseconds since 1970.
        package var lastAt: Int64 = 0

        fileprivate static func + (left: Count, right: Count) -> Count {
            var sum = left
            sum.calls += right.calls
            sum.refused += right.refused
            sum.lastAt = max(left.lastAt, right.lastAt)
            return sum
        }
    }

    private struct Key: Hashable {
        let token: String
        let method: String
    }

    /// The most pairs of a token and a method that wait to be written; further ones are not counted meanwhile.
    private static let maximumPending = 10_000

    private let store: Store
    private let pending = Mutex<[Key: Count]>([:])

    package init(store: Store) { self.store = store }

    static let migration = Migration(
        "access-usage",
        [
            """
            CREATE TABLE access_usage (
                token_id TEXT NOT NULL,
                method TEXT NOT NULL,
                calls BIGINT NOT NULL,
                refused BIGINT NOT NULL,
                last_microseconds BIGINT NOT NULL,
                PRIMARY KEY (token_id, method)
            )
            """
        ]
    )

    /// Counts a call.
    ///
    /// - Parameters:
    ///   - token: the token's id.
    ///   - method: a method that exists.
    ///   - isRefused: whether the call was refused because the token is not declared for the method.
    ///   - now: the time, in microseconds since 1970.
    package func note(_ token: String, method: String, isRefused: Bool = false, now: Int64) {
        add([Key(token: token, method: method): Count(method: method, isRefused: isRefused, at: now)])
    }

    /// Writes what was counted since the last time; nothing, where nothing was.
    ///
    /// - Throws: the store's error; the counts are kept for the next time.
    package func write() async throws {
        let counted = pending.withLock { pending in
            defer { pending = [:] }
            return pending
        }
        guard !counted.isEmpty else { return }
        do {
            try await store.write(durability: .process) { transaction in
                for (key, count) in counted {
                    try transaction.execute(
                        """
                        INSERT INTO access_usage (token_id, method, calls, refused, last_microseconds)
                        VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (token_id, method) DO UPDATE SET
                            calls = access_usage.calls + excluded.calls,
                            refused = access_usage.refused + excluded.refused,
                            last_microseconds = CASE
                                WHEN access_usage.last_microseconds < excluded.last_microseconds
                                THEN excluded.last_microseconds ELSE access_usage.last_microseconds END
                        """,
                        [
                            .text(key.token), .text(key.method), .integer(count.calls), .integer(count.refused),
                            .integer(count.lastAt),
                        ]
                    )
                }
            }
        } catch {
            add(counted)
            throw error
        }
    }

    /// What was called with tokens, by their ids, each in the order of methods, with what is not written yet.
    package func counts(of tokens: [String]) async throws -> [String: [Count]] {
        let stored = try await store.read { transaction in
            try tokens.map { try (token: $0, counts: Self.counts(of: $0, in: transaction)) }
        }
        let waiting = pending.withLock { $0 }
        return stored.reduce(into: [:]) { result, stored in
            let counts = stored.counts + waiting.filter { $0.key.token == stored.token }.values
            result[stored.token] = Dictionary(counts.map { ($0.method, $0) }, uniquingKeysWith: +).values
                .sorted { $0.method < $1.method }
        }
    }

    private static func counts(of token: String, in transaction: some SQLReading) throws -> [Count] {
        try transaction.rows(
            "SELECT method, calls, refused, last_microseconds FROM access_usage WHERE token_id = $1",
            [.text(token)]
        ) { row in
            Count(
                method: try row.text("method"),
                calls: try row.integer("calls"),
                refused: try row.integer("refused"),
                lastAt: try row.integer("last_microseconds")
            )
        }
    }

    private func add(_ counted: [Key: Count]) {
        pending.withLock { pending in
            for (key, count) in counted {
                if let known = pending[key] {
                    pending[key] = known + count
                } else if pending.count < Self.maximumPending {
                    pending[key] = count
                }
            }
        }
    }
}

extension TokenUsage.Count {
    fileprivate init(method: String, isRefused: Bool, at now: Int64) {
        self.init(method: method, calls: isRefused ? 0 : 1, refused: isRefused ? 1 : 0, lastAt: now)
    }
}
