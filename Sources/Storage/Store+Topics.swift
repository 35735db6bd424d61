/// How often the rows of each topic have changed, as of one commit.
///
/// Read once after a commit of another process, regardless of the number of caches.
package struct TopicRevisions: Sendable {
    private let byTopic: [String: Int64]

    /// For drivers: the revisions by the names of the topics.
    package init(_ byTopic: [String: Int64]) { self.byTopic = byTopic }

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
        try transaction.post(
            """
            INSERT INTO topics (topic, revision) VALUES ($1, 1)
            ON CONFLICT (topic) DO UPDATE SET revision = topics.revision + 1
            """,
            [.text(topic)]
        )
        transaction.news.hasTouchedTopics = true
    }

    /// The revision of a topic as a transaction sees it.
    package static func revision(of topic: String, in transaction: some SQLReading) throws -> Int64 {
        try transaction.first("SELECT revision FROM topics WHERE topic = $1", [.text(topic)]) {
            try $0.integer("revision")
        } ?? 0
    }

    /// The revisions of all topics as a transaction sees them; for drivers.
    package static func revisions(in transaction: some SQLReading) throws -> TopicRevisions {
        var byTopic: [String: Int64] = [:]
        try transaction.forEach("SELECT topic, revision FROM topics") {
            byTopic[try $0.text("topic")] = try $0.integer("revision")
        }
        return TopicRevisions(byTopic)
    }
}
