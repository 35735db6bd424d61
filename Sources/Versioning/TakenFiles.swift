package import Storage

/// The files published from watched folders, by kind and path, with the hash of each.
///
/// A file is published only if its hash differs from the last one published from its path, so that a restart never
/// undoes later changes by people.
package enum TakenFiles {
    /// The migrations that create the tables.
    package static let migrations = [
        Migration(
            "versioning-taken-files-1",
            [
                """
                CREATE TABLE taken_files (
                    kind TEXT NOT NULL,
                    path TEXT NOT NULL,
                    sha256 TEXT NOT NULL,
                    PRIMARY KEY (kind, path)
                )
                """
            ]
        )
    ]

    /// Whether the file was never published or has changed since.
    package static func isNew(
        kind: String,
        path: String,
        sha256: String,
        in transaction: some SQLReading
    ) throws -> Bool {
        try transaction.first(
            "SELECT sha256 FROM taken_files WHERE kind = $1 AND path = $2",
            [.text(kind), .text(path)]
        ) { try $0.text("sha256") } != sha256
    }

    /// Records that the file was published with this content.
    package static func note(
        kind: String,
        path: String,
        sha256: String,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO taken_files (kind, path, sha256) VALUES ($1, $2, $3)
            ON CONFLICT (kind, path) DO UPDATE SET sha256 = excluded.sha256
            """,
            [.text(kind), .text(path), .text(sha256)]
        )
    }
}
