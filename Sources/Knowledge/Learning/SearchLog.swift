package import Redaction
package import Storage
import Synchronization
import Vocabulary

/// The log of searches, without personal data: texts are redacted before they are stored.
///
/// Entries wait in memory and are written in batches, so that a search never waits for the disk. Call ``flush()``
/// before reading the log. At most ``capacity`` entries wait; beyond that the oldest are dropped, because a search must
/// not fail when its log is slow.
package final class SearchLog: Sendable {
    /// One search.
    package struct Entry: Sendable, Hashable {
        package let queryID: String
        /// Microseconds since 1970.
        package let at: Int64
        package let locale: String
        package let query: String
        package let hits: Int
        /// Who searched.
        package let subject: String
        /// The teams of who searched.
        package let teams: [String]
        package let conversationID: String?

        package init(
            queryID: String,
            at: Int64,
            locale: String,
            query: String,
            hits: Int,
            subject: String,
            teams: [String] = [],
            conversationID: String?
        ) {
            self.queryID = queryID
            self.at = at
            self.locale = locale
            self.query = query
            self.hits = hits
            self.subject = subject
            self.teams = teams
            self.conversationID = conversationID
        }
    }

    /// The largest number of waiting entries.
    package static let capacity = 10_000
    private static let maximumQuery = 1_000

    private let store: Store
    private let redactor: Redactor
    private let waiting = Mutex<[Entry]>([])

    package init(store: Store, redactor: Redactor = Redactor()) {
        self.store = store
        self.redactor = redactor
    }

    /// Logs a search; costs no more than appending to an array.
    package func note(_ entry: Entry) {
        waiting.withLock { waiting in
            if waiting.count >= Self.capacity { waiting.removeFirst(Self.capacity / 10) }
            waiting.append(entry)
        }
    }

    /// Writes the waiting entries to the store; they go on waiting where it cannot be reached.
    package func flush() async throws {
        let entries = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        guard !entries.isEmpty else { return }
        let rows = entries.map { entry in
            // U+0000 is no part of a word, and not every database keeps it.
            let query = entry.query.prefix(Self.maximumQuery).replacing("\0", with: " ")
            let text = redactor.redact(String(query)).text
            return (entry, text, SearchWords.key(of: text))
        }
        do { try await write(rows) } catch let error as StorageError where error.code == .unavailable {
            waiting.withLock { $0 = Array((entries + $0).suffix(Self.capacity)) }
            throw error
        }
    }

    private func write(_ rows: [(Entry, String, String)]) async throws {
        try await store.write(durability: .process) { transaction in
            for (entry, text, words) in rows {
                try transaction.execute(
                    """
                    INSERT INTO searches (query_id, at_microseconds, locale, query, words, hits, conversation_id, subject,
                        teams)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (query_id) DO NOTHING
                    """,
                    [
                        .text(entry.queryID), .integer(entry.at), .text(entry.locale), .text(text), .text(words),
                        .integer(Int64(entry.hits)), .optional(entry.conversationID), .text(entry.subject),
                        .text(entry.teams.joined(separator: "\n")),
                    ]
                )
                try Store.markOutdated(RecordKind.searches.rawValue, entry.queryID, in: transaction)
            }
        }
    }
}

/// The words by which searches are grouped.
enum SearchWords {
    private static let maximumWords = 12
    private static let little: Set<String> = [
        "a", "an", "and", "are", "can", "do", "does", "for", "from", "get", "have", "how", "i", "in", "is", "it", "me",
        "my",
        "not", "of", "on", "or", "our", "that", "the", "their", "they", "this", "to", "was", "we", "what", "when",
        "where",
        "why", "with", "you", "your", "auf", "das", "dem", "den", "der", "die", "ein", "eine", "für", "ich", "ist",
        "mein",
        "meine", "mit", "nicht", "und", "wann", "warum", "was", "wie", "wo", "zu",
    ]

    /// The distinct words without stop words, sorted and separated by spaces; all words if only stop words remain.
    static func key(of text: String) -> String {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let telling = words.filter { !little.contains($0) }
        return Set(telling.isEmpty ? words : telling).sorted().prefix(maximumWords).joined(separator: " ")
    }
}
