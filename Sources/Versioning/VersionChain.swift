package import Storage

/// An immutable version of a thing.
package struct Version: Sendable, Hashable {
    /// Its number, from 1, without gaps.
    package let number: Int64
    /// The SHA-256 hash of its content.
    package let sha256: String
    /// When it was written, in microseconds since 1970.
    package let at: Int64
    /// Who wrote it.
    package let by: String
    /// The reason, if one was given.
    package let note: String?
}

/// The version chains of things of one kind, such as articles, policies or scripts.
///
/// A version is never changed. The *live* version of a thing is the one in force: publishing appends a version and
/// makes it live; a rollback makes an earlier one live again. Appending the same content twice in succession yields one
/// version.
///
/// ## Topics
/// - ``append(_:to:by:at:note:after:isLive:in:)``
/// - ``live(_:in:)``
/// - ``makeLive(_:of:in:)``
/// - ``history(of:in:)``
package struct VersionChain: Sendable {
    /// The kind of thing, which separates the ids of different kinds.
    package let kind: String
    /// The topic for caches of the live versions (`Storage.VersionedCache`); nil if there are none.
    package let topic: String?

    /// Creates the chains of a kind; `topic` is required if live versions are cached.
    package init(kind: String, topic: String? = nil) { (self.kind, self.topic) = (kind, topic) }

    /// The migrations that create this module's tables.
    package static let migrations = [
        Migration(
            "versioning-1",
            [
                """
                CREATE TABLE versions (
                    kind TEXT NOT NULL,
                    id TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    sha256 TEXT NOT NULL,
                    content TEXT NOT NULL,
                    created_microseconds BIGINT NOT NULL,
                    created_by TEXT NOT NULL,
                    note TEXT,
                    PRIMARY KEY (kind, id, version)
                )
                """,
                """
                CREATE TABLE live_versions (
                    kind TEXT NOT NULL,
                    id TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    PRIMARY KEY (kind, id)
                )
                """,
            ]
        )
    ]

    /// The notes of versions, which people write.
    package static let notes = StoredText("versions", key: ["kind", "id", "version"], column: "note")

    /// Appends a version and makes it live, unless a ``Rollout`` determines who gets it.
    ///
    /// `latest` is the number of the newest version, if the caller has read it in this transaction. Returns the new
    /// version's number and content hash.
    @discardableResult
    package func append(
        _ content: String,
        to id: String,
        by author: String,
        at: Int64,
        note: String? = nil,
        after latest: Int64? = nil,
        isLive: Bool = true,
        in transaction: WriteTransaction
    ) throws -> (number: Int64, sha256: String) {
        let number = try (latest ?? self.latest(id, in: transaction)) + 1
        let sha256 = ContentHash.sha256(content)
        try transaction.execute(
            """
            INSERT INTO versions (kind, id, version, sha256, content, created_microseconds, created_by, note)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .text(kind), .text(id), .integer(number), .text(sha256), .text(content), .integer(at), .text(author),
                .optional(note),
            ]
        )
        if isLive { try makeLive(number, of: id, in: transaction) }
        return (number, sha256)
    }

    /// Makes a version live.
    ///
    /// - Precondition: the version exists.
    package func makeLive(_ number: Int64, of id: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO live_versions (kind, id, version) VALUES ($1, $2, $3)
            ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version
            """,
            [.text(kind), .text(id), .integer(number)]
        )
        if let topic { try Store.touch(topic, in: transaction) }
    }

    /// The number of the newest version; 0 if there is none.
    package func latest(_ id: String, in transaction: some SQLReading) throws -> Int64 {
        try transaction.first(
            "SELECT version FROM versions WHERE kind = $1 AND id = $2 ORDER BY version DESC LIMIT 1",
            [.text(kind), .text(id)]
        ) { try $0.integer("version") } ?? 0
    }

    /// The number of the live version; nil if the thing was never published.
    package func live(_ id: String, in transaction: some SQLReading) throws -> Int64? {
        try transaction.first(question(ofLive: id)) { try $0.integer("version") }
    }

    /// What ``live(_:in:)`` asks.
    package func question(ofLive id: String) -> SQLQuestion {
        SQLQuestion("SELECT version FROM live_versions WHERE kind = $1 AND id = $2", [.text(kind), .text(id)])
    }

    /// The content of a version and its hash; nil if the version does not exist.
    package func content(
        of id: String,
        version: Int64,
        in transaction: some SQLReading
    ) throws -> (content: String, sha256: String)? {
        try transaction.first(
            "SELECT content, sha256 FROM versions WHERE kind = $1 AND id = $2 AND version = $3",
            [.text(kind), .text(id), .integer(version)]
        ) { (try $0.text("content"), try $0.text("sha256")) }
    }

    /// The newest version of a thing with this content; nil if it was never published.
    package func version(
        of id: String,
        sha256: String,
        in transaction: some SQLReading
    ) throws -> Int64? {
        try transaction.first(
            """
            SELECT version FROM versions WHERE kind = $1 AND id = $2 AND sha256 = $3 ORDER BY version DESC LIMIT 1
            """,
            [.text(kind), .text(id), .text(sha256)]
        ) { try $0.integer("version") }
    }

    /// All versions of a thing, newest first.
    package func history(of id: String, in transaction: some SQLReading) throws -> [Version] {
        try transaction.rows(
            """
            SELECT version, sha256, created_microseconds, created_by, note FROM versions
            WHERE kind = $1 AND id = $2 ORDER BY version DESC
            """,
            [.text(kind), .text(id)]
        ) { row in
            Version(
                number: try row.integer("version"),
                sha256: try row.text("sha256"),
                at: try row.integer("created_microseconds"),
                by: try row.text("created_by"),
                note: try row.optionalText("note")
            )
        }
    }

    /// Calls `body` with the kind, id, number, hash and content of every version of every kind, one at a time.
    package static func forEach(
        in transaction: some SQLReading,
        _ body: (_ kind: String, _ id: String, _ number: Int64, _ sha256: String, _ content: String) throws -> Void
    ) throws {
        try transaction.forEach(
            "SELECT kind, id, version, sha256, content FROM versions ORDER BY kind, id, version"
        ) { row in
            try body(row.text("kind"), row.text("id"), row.integer("version"), row.text("sha256"), row.text("content"))
        }
    }

    /// The ids of this kind that have a live version, with its number, sorted by id.
    package func liveVersions(in transaction: some SQLReading) throws -> [(id: String, version: Int64)] {
        try transaction.rows(
            "SELECT id, version FROM live_versions WHERE kind = $1 ORDER BY id",
            [.text(kind)]
        ) { (try $0.text("id"), try $0.integer("version")) }
    }
}
