import Digests
import Storage
import Vocabulary

/// Precedents in the store: redacted words, the article used after them, by whom, and the vector of the words.
///
/// A person has one row for the same words, article, conversation and audience, however often the use is reported. The
/// person is stored as a keyed hash. ``PrecedentIndex`` follows the rows by their `sequence`, which grows with every change of a row;
/// it notices deletions by the number of rows, so that anything may delete them.
enum PrecedentTable {
    static let migrations = [
        Migration(
            "knowledge-precedents",
            [
                """
                CREATE TABLE precedents (
                    precedent_id BIGINT NOT NULL PRIMARY KEY,
                    sequence BIGINT NOT NULL,
                    person TEXT NOT NULL,
                    audience TEXT NOT NULL,
                    article_id TEXT NOT NULL,
                    locale TEXT NOT NULL,
                    text TEXT NOT NULL,
                    sha256 TEXT NOT NULL,
                    language TEXT NOT NULL,
                    conversation_id TEXT,
                    first_microseconds BIGINT NOT NULL,
                    last_microseconds BIGINT NOT NULL,
                    uses BIGINT NOT NULL,
                    opens BIGINT NOT NULL,
                    model BIGINT NOT NULL,
                    vector BYTEA NOT NULL
                )
                """,
                "CREATE UNIQUE INDEX precedents_by_sequence ON precedents (sequence)",
                "CREATE INDEX precedents_by_person ON precedents (person, last_microseconds)",
                "CREATE INDEX precedents_by_conversation ON precedents (conversation_id)",
                "CREATE TABLE precedent_secrets (name TEXT NOT NULL PRIMARY KEY, secret TEXT NOT NULL)",
            ]
        )
    ]

    /// The counter of changes, and of rows.
    private static let counter = "precedents"

    /// Whether the store has gone back to a time before the change with this number.
    static func hasLost(_ sequence: Int64, in transaction: some SQLReading) throws -> Bool {
        try Store.gap(of: counter, at: sequence, in: transaction) != nil
    }
    /// The model of words that have not been encoded yet.
    private static let noModel: Int64 = 0

    /// Words after which an article was used, redacted, as they are stored.
    struct Words {
        let text: String
        let language: String
        let conversation: String?

        var sha256: String { ContentHash.sha256(text) }
    }

    /// The keyed hash of a person.
    static func hash(ofPerson person: String, in transaction: WriteTransaction) throws -> String {
        func secret() throws -> String? {
            try transaction.first("SELECT secret FROM precedent_secrets WHERE name = 'persons'") {
                try $0.text("secret")
            }
        }
        if try secret() == nil {
            try transaction.execute(
                "INSERT INTO precedent_secrets (name, secret) VALUES ('persons', $1)",
                [.text(Bytes.hexadecimal(Bytes.random(32)))]
            )
        }
        return Bytes.hexadecimal(KeyedDigest(key: try secret() ?? "").code(of: person).prefix(16))
    }

    /// Records that a person used an article after some words, or only opened it.
    ///
    /// The same words, article, conversation and audience count once a day; beyond `perDay` rows that a person has added or changed
    /// on that day, nothing is recorded.
    static func note(
        _ words: Words,
        of key: ArticleKey,
        by person: String,
        _ audience: ArticleAudience,
        isUse: Bool,
        perDay: Int,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let day = now - now % LearningRules.microsecondsPerDay
        let known = try transaction.first(
            """
            SELECT precedent_id, uses, last_microseconds FROM precedents
            WHERE person = $1 AND sha256 = $2 AND article_id = $3 AND locale = $4 AND coalesce(conversation_id, '') = $5
                AND audience = $6
            """,
            [
                .text(person), .text(words.sha256), .text(key.id), .text(key.locale),
                .text(words.conversation ?? ""), .text(audience.rawValue),
            ]
        ) { (try $0.integer("precedent_id"), try $0.integer("uses"), try $0.integer("last_microseconds")) }
        let isCounted = known.map { $0.2 >= day } ?? false
        // What was only opened can still be used on the same day.
        if let known, isCounted, !isUse || known.1 > 0 { return }
        if !isCounted {
            let today = try transaction.first(
                "SELECT count(*) AS today FROM precedents WHERE person = $1 AND last_microseconds >= $2",
                [.text(person), .integer(day)]
            ) { try $0.integer("today") }
            guard today ?? 0 < Int64(perDay) else { return }
        }
        let sequence = try Store.next(counter, in: transaction)
        if let known {
            try transaction.execute(
                """
                UPDATE precedents SET sequence = $2, uses = uses + $3, opens = opens + $4, last_microseconds = $5
                WHERE precedent_id = $1
                """,
                [
                    .integer(known.0), .integer(sequence), .integer(isUse ? 1 : 0), .integer(isUse ? 0 : 1),
                    .integer(now),
                ]
            )
            return
        }
        try transaction.execute(
            """
            INSERT INTO precedents (precedent_id, sequence, person, audience, article_id, locale, text, sha256, language,
                conversation_id, first_microseconds, last_microseconds, uses, opens, model, vector)
            VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14)
            """,
            [
                .integer(sequence), .text(person), .text(audience.rawValue), .text(key.id), .text(key.locale),
                .text(words.text), .text(words.sha256), .text(words.language), .optional(words.conversation),
                .integer(now), .integer(isUse ? 1 : 0), .integer(isUse ? 0 : 1), .integer(noModel), .bytes([]),
            ]
        )
    }

    /// Takes back what a person's own use of an article after some words says.
    static func retract(
        _ words: Words,
        of key: ArticleKey,
        by person: String,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            "DELETE FROM precedents WHERE person = $1 AND sha256 = $2 AND article_id = $3 AND locale = $4",
            [.text(person), .text(words.sha256), .text(key.id), .text(key.locale)]
        )
    }
}

/// What the index reads and writes.
extension PrecedentTable {
    /// A row as the index needs it.
    struct Row: Sendable {
        let id: Int64
        let sequence: Int64
        let person: String
        let audience: ArticleAudience
        let key: ArticleKey
        let language: String
        let at: Int64
        let uses: Int
        let opens: Int
        /// The number of the model in `passage_models`; 0 if the words have not been encoded.
        let model: Int64
        let vector: [UInt8]
    }

    /// The rows that changed after a number, in the order of their changes.
    static func rows(after sequence: Int64, limit: Int, in transaction: some SQLReading) throws -> [Row] {
        try transaction.rows(
            """
            SELECT precedent_id, sequence, person, audience, article_id, locale, language, last_microseconds, uses, opens,
                model, vector
            FROM precedents WHERE sequence > $1 ORDER BY sequence LIMIT $2
            """,
            [.integer(sequence), .integer(Int64(limit))]
        ) { row in
            let audience = try row.text("audience")
            guard let audience = ArticleAudience(rawValue: audience) else {
                throw StorageError(code: .corrupt, message: "“\(audience)” is not an audience of a precedent")
            }
            return Row(
                id: try row.integer("precedent_id"),
                sequence: try row.integer("sequence"),
                person: try row.text("person"),
                audience: audience,
                key: ArticleKey(id: try row.text("article_id"), locale: try row.text("locale")),
                language: try row.text("language"),
                at: try row.integer("last_microseconds"),
                uses: Int(try row.integer("uses")),
                opens: Int(try row.integer("opens")),
                model: try row.integer("model"),
                vector: try row.bytes("vector")
            )
        }
    }

    static func count(in transaction: some SQLReading) throws -> Int {
        Int(
            try transaction.first("SELECT count(*) AS precedents FROM precedents") { try $0.integer("precedents") } ?? 0
        )
    }

    static func ids(in transaction: some SQLReading) throws -> Set<Int64> {
        Set(try transaction.rows("SELECT precedent_id FROM precedents") { try $0.integer("precedent_id") })
    }

    /// The texts of some rows, without those that have been deleted.
    static func texts(of ids: [Int64], in transaction: some SQLReading) throws -> [(id: Int64, text: String)] {
        try ids.compactMap { id in
            try transaction.first("SELECT text FROM precedents WHERE precedent_id = $1", [.integer(id)]) {
                (id, try $0.text("text"))
            }
        }
    }

    /// Stores the vectors of words, unless their row has been deleted meanwhile.
    static func store(_ vectors: [(id: Int64, vector: [Int8])], model: Int64, in transaction: WriteTransaction) throws {
        for (id, vector) in vectors {
            try transaction.execute(
                "UPDATE precedents SET sequence = $2, model = $3, vector = $4 WHERE precedent_id = $1",
                [
                    .integer(id), .integer(try Store.next(counter, in: transaction)), .integer(model),
                    .bytes(vector.map { UInt8(bitPattern: $0) }),
                ]
            )
        }
    }
}

/// What limits and erases precedents.
extension PrecedentTable {
    private static let deletedAtOnce = 500

    /// The words said in a conversation with the articles used after them, oldest first.
    static func precedents(
        ofConversation id: String,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [(text: String, article: String, at: Int64)] {
        try transaction.rows(
            """
            SELECT text, article_id, last_microseconds FROM precedents WHERE conversation_id = $1
            ORDER BY precedent_id LIMIT $2
            """,
            [.text(id), .integer(Int64(limit))]
        ) { (try $0.text("text"), try $0.text("article_id"), try $0.integer("last_microseconds")) }
    }

    static func forget(conversation id: String, in transaction: WriteTransaction) throws -> Int {
        try transaction.execute("DELETE FROM precedents WHERE conversation_id = $1", [.text(id)])
    }

    /// Deletes some of what is older than a time.
    ///
    /// - Returns: how many, which is 0 when nothing is left to delete.
    static func deleteOlder(than time: Int64, in transaction: WriteTransaction) throws -> Int {
        let old = try transaction.rows(
            "SELECT precedent_id FROM precedents WHERE last_microseconds < $1 ORDER BY precedent_id LIMIT $2",
            [.integer(time), .integer(Int64(deletedAtOnce))]
        ) { try $0.integer("precedent_id") }
        return try delete(old, in: transaction)
    }

    /// Deletes some of the oldest rows of the persons who have most, see ``PrecedentShares``.
    ///
    /// - Returns: how many, which is 0 when nothing is left to delete.
    static func deleteExcess(_ rules: LearningRules, in transaction: WriteTransaction) throws -> Int {
        let counts = try transaction.rows("SELECT person, count(*) AS precedents FROM precedents GROUP BY person") {
            (try $0.text("person"), Int(try $0.integer("precedents")))
        }
        let most = min(rules.perPerson, PrecedentShares.most(of: counts.map(\.1), capacity: rules.capacity))
        var deleted = 0
        for (person, count) in counts.sorted(by: { $0.0 < $1.0 }) where count > most && deleted < deletedAtOnce {
            let oldest = try transaction.rows(
                """
                SELECT precedent_id FROM precedents WHERE person = $1 ORDER BY last_microseconds, precedent_id LIMIT $2
                """,
                [.text(person), .integer(Int64(min(count - most, deletedAtOnce - deleted)))]
            ) { try $0.integer("precedent_id") }
            deleted += try delete(oldest, in: transaction)
        }
        return deleted
    }

    private static func delete(_ ids: [Int64], in transaction: WriteTransaction) throws -> Int {
        for id in ids {
            try transaction.execute("DELETE FROM precedents WHERE precedent_id = $1", [.integer(id)])
        }
        return ids.count
    }
}

/// How many precedents everybody may have when there is not room for all.
package enum PrecedentShares {
    /// The largest number so that what each has up to it fits into the capacity.
    ///
    /// Those who have less keep everything, so that nobody who reports much displaces what others reported.
    package static func most(of counts: [Int], capacity: Int) -> Int {
        guard counts.reduce(0, +) > capacity else { return counts.max() ?? 0 }
        var left = capacity
        let sorted = counts.sorted()
        for (place, count) in sorted.enumerated() {
            let share = left / (sorted.count - place)
            if count > share { return share }
            left -= count
        }
        return sorted.last ?? 0
    }
}
