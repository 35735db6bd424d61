import Synchronization

/// How often the rows of each topic have changed, as of one commit.
///
/// Read once after a commit of another process, regardless of the number of caches.
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
        transaction.news.hasTouchedTopics = true
    }

    /// The revision of a topic as a transaction sees it.
    package static func revision(of topic: String, in transaction: some SQLReading) throws -> Int64 {
        try transaction.first("SELECT revision FROM topics WHERE topic = $1", [.text(topic)]) {
            try $0.integer("revision")
        } ?? 0
    }

    static func revisions(in transaction: some SQLReading) throws -> TopicRevisions {
        var byTopic: [String: Int64] = [:]
        try transaction.forEach("SELECT topic, revision FROM topics") {
            byTopic[try $0.text("topic")] = try $0.integer("revision")
        }
        return TopicRevisions(byTopic: byTopic)
    }
}

/// The revisions of topics, with the mark of the log at which they were read.
///
/// The writer updates them at its own commits, so they are read again only after a commit of another process.
final class KnownRevisions: Sendable {
    private struct Known {
        let mark: WALIndex.Mark
        let revisions: TopicRevisions
    }

    private let known = Mutex<Known?>(nil)

    /// The revisions, if they are those of the current log.
    func current(at mark: WALIndex.Mark?) -> TopicRevisions? {
        known.withLock { known in
            guard let known, known.mark == mark else { return nil }
            return known.revisions
        }
    }

    /// Records revisions that were read after the mark.
    func note(_ revisions: TopicRevisions, at mark: WALIndex.Mark?) {
        guard let mark else { return }
        known.withLock { $0 = Known(mark: mark, revisions: revisions) }
    }

    /// Records a commit of the writer.
    ///
    /// - Parameters:
    ///   - revisions: the revisions read at the end of the transaction; nil if it touched no topic.
    ///   - before: the mark inside the transaction, when no other process could commit.
    ///   - after: the mark after the commit.
    func noteCommit(_ revisions: TopicRevisions?, from before: WALIndex.Mark?, to after: WALIndex.Mark?) {
        // If another process has committed since, its changes are unknown here.
        guard let before, let after, after.commits == before.commits || after.commits == before.commits &+ 1 else {
            return
        }
        known.withLock { known in
            if let revisions {
                known = Known(mark: after, revisions: revisions)
            } else if let last = known, last.mark == before {
                known = Known(mark: after, revisions: last.revisions)
            }
        }
    }
}
