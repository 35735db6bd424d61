package import Storage

/// The form recorded in a store, and the columns with ids in that form.
extension CanonicalForm {
    /// The migrations that create this module's tables.
    package static let migrations = [
        Migration(
            "customers-1",
            ["CREATE TABLE customer_forms (place BIGINT NOT NULL PRIMARY KEY, letter_case TEXT NOT NULL)"]
        )
    ]

    /// The form in which the ids of a store are compared; nil before ``note(in:)``.
    package static func noted(in transaction: some SQLReading) throws -> CanonicalForm? {
        try transaction.first("SELECT letter_case FROM customer_forms WHERE place = 1") { row in
            guard let letterCase = LetterCase(rawValue: try row.text("letter_case")) else {
                throw StorageError(code: .corrupt, message: "the way to compare ids of customers is not known")
            }
            return CanonicalForm(letterCase)
        }
    }

    /// Records that the ids of a store are compared in this form.
    package func note(in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO customer_forms (place, letter_case) VALUES (1, $1)
            ON CONFLICT (place) DO UPDATE SET letter_case = excluded.letter_case
            """,
            [.text(letterCase.rawValue)]
        )
    }

    /// Whether ids stored in another form can be converted to this one; ids that were equal cannot become different.
    package func canFollow(_ other: CanonicalForm?) -> Bool { letterCase == .ignored || other?.letterCase != .ignored }

    /// Converts the column `customer_id` of a table to this form.
    package func respell(_ table: String, in transaction: WriteTransaction) throws {
        let ids = try transaction.rows("SELECT DISTINCT customer_id FROM \(table) WHERE customer_id IS NOT NULL") {
            try $0.text("customer_id")
        }
        for id in ids where self(id) != id {
            try transaction.execute(
                "UPDATE \(table) SET customer_id = $2 WHERE customer_id = $1",
                [.text(id), .text(self(id))]
            )
        }
    }
}
