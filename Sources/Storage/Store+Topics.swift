internal import GRDB

/// How often the rows of each topic have changed, as of one commit.
///
/// Read once for every commit of any process, however many caches ask.
package struct TopicRevisions: Sendable {
    let byTopic: [String: Int64]

    /// A number that grows with every commit that changed rows of the topic; 0 before the first.
    package subscript(topic: String) -> Int64 { byTopic[topic] ?? 0 }
}

/// What caches depend on: rows are put under topics, and whoever changes them says so in the same transaction.
extension Store {
    static let topicMigration = Migration(
        "storage-2",
        [
            """
            CREATE TABLE topics (
                topic TEXT NOT NULL PRIMARY KEY,
                revision BIGINT NOT NULL
            )
            """
        ]
    )

    /// Notes that a transaction changes rows of a topic.
    ///
    /// Every change of such rows has to call it, or caches of other processes and of this one go on with what was.
    package static func touch(_ topic: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO topics (topic, revision) VALUES ($1, 1)
            ON CONFLICT (topic) DO UPDATE SET revision = topics.revision + 1
            """,
            [.text(topic)]
        )
    }

    /// The revision of a topic as a transaction sees it.
    package static func revision(of topic: String, in transaction: some SQLReading) throws -> Int64 {
        try transaction.first("SELECT revision FROM topics WHERE topic = $1", [.text(topic)]) {
            try $0.integer("revision")
        } ?? 0
    }
}

/// The revisions as of the commit mark under which they were read.
struct KnownRevisions {
    private var mark: Int64?
    private var revisions = TopicRevisions(byTopic: [:])

    /// The revisions as of now, on a connection that is in no transaction and writes nothing; `observer` is told of the
    /// statement that reads them, when there was a commit.
    mutating func current(_ database: Database, _ observer: (@Sendable (String) -> Void)?) throws -> TopicRevisions {
        // The mark first: what is committed between the two statements is in the revisions, and looked at again.
        let mark = try Int64.fetchOne(database.cachedStatement(sql: "PRAGMA data_version")) ?? 0
        if mark == self.mark { return revisions }
        let sql = "SELECT topic, revision FROM topics"
        observer?(sql)
        var byTopic: [String: Int64] = [:]
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql))
        while let row = try rows.next() { byTopic[row[0]] = row[1] }
        (self.mark, revisions) = (mark, TopicRevisions(byTopic: byTopic))
        return revisions
    }
}
