package import Access
package import Storage

/// How far each subject has read the stream.
extension AlertDesk {
    /// Notes that a subject has seen every event up to a cursor; an earlier one takes nothing back.
    ///
    /// - Returns: the cursor up to which the subject has seen everything.
    /// - Throws: ``AlertError`` `invalid` for a cursor that was not given out yet; the store's error.
    package func markRead(
        _ cursor: Int64,
        by principal: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Int64 {
        guard try (0...AlertLog.head(in: transaction)).contains(cursor) else {
            throw AlertError(.invalid, "a cursor that was given out", argument: "cursor")
        }
        return try transaction.first(
            """
            INSERT INTO alert_marks (subject, cursor, at_microseconds) VALUES ($1, $2, $3)
            ON CONFLICT (subject) DO UPDATE SET at_microseconds = excluded.at_microseconds,
                cursor = CASE WHEN alert_marks.cursor > excluded.cursor THEN alert_marks.cursor
                    ELSE excluded.cursor END
            RETURNING cursor
            """,
            [.text(principal.subject), .integer(cursor), .integer(now)]
        ) { try $0.integer("cursor") } ?? cursor
    }

    /// The cursor up to which a subject has said that it has seen everything; 0, the beginning, before the first time.
    package func mark(of principal: Principal) async throws -> Int64 {
        try await store.read { transaction in
            try transaction.first("SELECT cursor FROM alert_marks WHERE subject = $1", [.text(principal.subject)]) {
                try $0.integer("cursor")
            } ?? 0
        }
    }
}
