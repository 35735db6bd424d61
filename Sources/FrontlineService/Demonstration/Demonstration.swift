import AuditTrail
import FrontlineProtocol
package import Storage

/// The mark of a store that holds an invented history, and nothing of anybody who exists.
///
/// It is written before anything else and is complete once everything is on the device. It goes with the store into backups.
package struct Demonstration: Sendable, Hashable {
    /// Whose history it is, such as the name of the sample company.
    package let company: String
    /// What the history was drawn with.
    package let seed: UInt64
    /// The first and the last day, such as `2026-11-29`.
    package let (first, last): (String, String)
    /// How many contacts it has.
    package let contacts: Int
    /// Whether it was written to its end.
    package var isComplete: Bool

    package init(company: String, seed: UInt64, first: String, last: String, contacts: Int, isComplete: Bool = false) {
        (self.company, self.seed, self.first, self.last) = (company, seed, first, last)
        (self.contacts, self.isComplete) = (contacts, isComplete)
    }

    /// The table of the mark.
    package static let migrations = [
        Migration(
            "demonstration-1",
            [
                """
                CREATE TABLE demonstration (
                    id BIGINT NOT NULL PRIMARY KEY,
                    company TEXT NOT NULL,
                    seed TEXT NOT NULL,
                    first_day TEXT NOT NULL,
                    last_day TEXT NOT NULL,
                    contacts BIGINT NOT NULL,
                    is_complete BIGINT NOT NULL
                )
                """
            ]
        )
    ]

    /// The mark of a store; nil for one without.
    package static func noted(in transaction: some SQLReading) throws -> Demonstration? {
        try transaction.first(
            "SELECT company, seed, first_day, last_day, contacts, is_complete FROM demonstration WHERE id = 1"
        ) { row in
            let text = try row.text("seed")
            guard let seed = UInt64(text) else {
                throw StorageError(code: .corrupt, message: "“\(text)” is not the seed of a demonstration")
            }
            return Demonstration(
                company: try row.text("company"),
                seed: seed,
                first: try row.text("first_day"),
                last: try row.text("last_day"),
                contacts: Int(try row.integer("contacts")),
                isComplete: try row.integer("is_complete") != 0
            )
        }
    }

    /// Writes the mark into a store in which nothing has happened yet.
    ///
    /// - Throws: ``DemonstrationError`` for a store that has been used; the store's error.
    package func note(in transaction: WriteTransaction) throws {
        guard try Self.noted(in: transaction) == nil, try AuditLog.count(in: transaction) == 0 else {
            throw DemonstrationError("the store has been used: an invented history is written into an empty one only")
        }
        try transaction.execute(
            """
            INSERT INTO demonstration (id, company, seed, first_day, last_day, contacts, is_complete)
            VALUES (1, $1, $2, $3, $4, $5, 0)
            """,
            [.text(company), .text(String(seed)), .text(first), .text(last), .integer(Int64(contacts))]
        )
    }

    /// Says that the history was written to its end.
    package static func complete(in transaction: WriteTransaction) throws {
        try transaction.execute("UPDATE demonstration SET is_complete = 1 WHERE id = 1")
    }
}

/// A reason for not writing an invented history, in a sentence.
package struct DemonstrationError: Error, Sendable, Hashable, CustomStringConvertible {
    package let message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}

extension ServerInfo.Demonstration {
    /// The mark in the wire format.
    init(_ mark: Demonstration) {
        self.init(
            company: mark.company,
            from: mark.first,
            to: mark.last,
            contacts: mark.contacts,
            complete: mark.isComplete
        )
    }
}
