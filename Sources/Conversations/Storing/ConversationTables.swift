import Storage
import Vocabulary

/// The tables of this module.
enum ConversationTables {
    static let migrations = [
        Migration(
            "conversations-1",
            [
                """
                CREATE TABLE conversations (
                    number BIGINT NOT NULL PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE,
                    channel TEXT NOT NULL,
                    agent TEXT,
                    teams TEXT NOT NULL,
                    customer_id TEXT,
                    profile TEXT NOT NULL,
                    opened_microseconds BIGINT NOT NULL,
                    closed_microseconds BIGINT,
                    last_microseconds BIGINT NOT NULL,
                    disposition TEXT,
                    turns BIGINT NOT NULL,
                    mood TEXT NOT NULL,
                    summary TEXT NOT NULL,
                    mood_start DOUBLE PRECISION,
                    mood_end DOUBLE PRECISION,
                    forgotten BIGINT NOT NULL
                )
                """,
                "CREATE INDEX conversations_by_agent ON conversations (agent, number)",
                "CREATE INDEX conversations_by_customer ON conversations (customer_id, number)",
                "CREATE INDEX conversations_by_opening ON conversations (opened_microseconds)",
                "CREATE INDEX conversations_by_age ON conversations (forgotten, last_microseconds)",
                """
                CREATE TABLE conversation_teams (
                    team TEXT NOT NULL,
                    conversation_number BIGINT NOT NULL,
                    PRIMARY KEY (team, conversation_number)
                )
                """,
                "CREATE INDEX conversation_teams_by_conversation ON conversation_teams (conversation_number)",
                """
                CREATE TABLE conversation_external_ids (
                    conversation_number BIGINT NOT NULL,
                    name TEXT NOT NULL,
                    external_id TEXT NOT NULL,
                    PRIMARY KEY (conversation_number, name)
                )
                """,
                "CREATE INDEX conversation_external_ids_by_id ON conversation_external_ids (external_id)",
                """
                CREATE TABLE conversation_owners (
                    conversation_number BIGINT NOT NULL,
                    position BIGINT NOT NULL,
                    agent TEXT,
                    teams TEXT NOT NULL,
                    since_microseconds BIGINT NOT NULL,
                    given_by TEXT NOT NULL,
                    on_behalf_of TEXT,
                    reason TEXT,
                    note TEXT,
                    PRIMARY KEY (conversation_number, position)
                )
                """,
                """
                CREATE TABLE turns (
                    conversation_number BIGINT NOT NULL,
                    number BIGINT NOT NULL,
                    turn_id TEXT,
                    speaker TEXT NOT NULL,
                    speaker_id TEXT,
                    text TEXT NOT NULL,
                    fingerprint TEXT,
                    at_microseconds BIGINT NOT NULL,
                    locale TEXT,
                    score DOUBLE PRECISION,
                    sent_by TEXT NOT NULL,
                    on_behalf_of TEXT,
                    answer TEXT NOT NULL,
                    PRIMARY KEY (conversation_number, number)
                )
                """,
                "CREATE UNIQUE INDEX turns_by_id ON turns (conversation_number, turn_id)",
                """
                CREATE TABLE conversation_events (
                    cursor_number BIGINT NOT NULL PRIMARY KEY,
                    conversation_id TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    data TEXT NOT NULL,
                    agents TEXT NOT NULL,
                    teams TEXT NOT NULL,
                    at_microseconds BIGINT NOT NULL
                )
                """,
                "CREATE INDEX conversation_events_by_conversation ON conversation_events (conversation_id)",
            ]
        ),
        Migration(
            "conversations-revisions",
            [
                "ALTER TABLE conversations ADD COLUMN revision BIGINT NOT NULL DEFAULT 0",
                "ALTER TABLE turns ADD COLUMN arrived_microseconds BIGINT",
                "ALTER TABLE turns ADD COLUMN state TEXT",
                """
                CREATE TABLE turn_replacements (
                    conversation_number BIGINT NOT NULL,
                    turn_id TEXT NOT NULL,
                    speaker TEXT NOT NULL,
                    text TEXT NOT NULL,
                    fingerprint TEXT,
                    answer TEXT NOT NULL,
                    PRIMARY KEY (conversation_number, turn_id)
                )
                """,
            ]
        ),
        Migration("conversations-scores", [ConversationStore.upgradeTable]),
        Migration("conversations-unmet", ["ALTER TABLE turns ADD COLUMN unmet DOUBLE PRECISION"]),
        // When the customer's contact before this one was opened; null without one.
        Migration(
            "conversations-previous",
            [
                "ALTER TABLE conversations ADD COLUMN previous_microseconds BIGINT",
                """
                UPDATE conversations SET previous_microseconds = (
                    SELECT max(p.opened_microseconds) FROM conversations p
                    WHERE p.customer_id = conversations.customer_id AND p.number < conversations.number
                )
                """,
            ]
        ),
    ]
}

/// How values and lists are written into columns.
enum StoredValue {
    /// JSON text of a value.
    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoding.encode(value).serialized(), as: UTF8.self)
    }

    /// The value that ``text(_:)`` wrote.
    static func value<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        do {
            let json = try JSON(parsing: Array(text.utf8))
            return try JSONDecoding.decode(type, from: json, root: "row", refusingUnknownMembers: false)
        } catch {
            let place = (error as? JSONDecodingError)?.path ?? "it is no JSON"
            throw StorageError(
                code: .corrupt,
                message: "a value of a conversation cannot be read: \(place)",
                cause: error
            )
        }
    }

    /// Names, one a line: names hold no line breaks.
    static func lines(_ names: [String]) -> String { names.joined(separator: "\n") }

    /// The names that ``lines(_:)`` wrote.
    static func names(_ lines: String) -> [String] { lines.split(separator: "\n").map(String.init) }
}
