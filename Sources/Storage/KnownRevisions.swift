import Synchronization

/// The revisions of topics, with the mark of the last commit when they were read.
///
/// The writer updates them at its own commits, so they are read again only after a commit of another process.
package final class KnownRevisions: Sendable {
    private struct Known {
        let mark: CommitMark
        let revisions: TopicRevisions
    }

    private let known = Mutex<Known?>(nil)

    package init() {}

    /// The revisions, if nobody has committed since they were read.
    package func current(at mark: CommitMark?) -> TopicRevisions? {
        known.withLock { known in
            guard let known, known.mark == mark else { return nil }
            return known.revisions
        }
    }

    /// Records revisions that were read after the mark.
    package func note(_ revisions: TopicRevisions, at mark: CommitMark?) {
        guard let mark else { return }
        known.withLock { $0 = Known(mark: mark, revisions: revisions) }
    }

    /// Records a commit of the writer.
    ///
    /// - Parameters:
    ///   - revisions: the revisions read at the end of the transaction; nil if it touched no topic.
    ///   - before: the mark inside the transaction, when no other process could commit.
    ///   - after: the mark after the commit.
    package func noteCommit(_ revisions: TopicRevisions?, from before: CommitMark?, to after: CommitMark?) {
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
