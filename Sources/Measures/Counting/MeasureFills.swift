import Storage
import Vocabulary

/// How far the records have been counted that were there before the measures of their kind, or before another time zone.
///
/// Records that change meanwhile are counted by their marks, so the order does not matter.
enum MeasureFills {
    private static let zone = "time_zone"

    /// Has all records of a kind counted again.
    static func restart(_ kind: RecordKind, in transaction: WriteTransaction) throws {
        try note(kind, position: "", isDone: false, in: transaction)
    }

    /// The name of the time zone in whose days everything was counted; nil before the first count.
    static func recordedZone(in transaction: some SQLReading) throws -> String? {
        try transaction.first("SELECT value FROM measure_settings WHERE name = $1", [.text(zone)]) {
            try $0.text("value")
        }
    }

    /// Has everything counted again if days begin elsewhere than before.
    static func adopt(_ days: MeasureDays, in transaction: WriteTransaction) throws {
        let known = try recordedZone(in: transaction)
        guard known != days.name else { return }
        try transaction.execute(
            """
            INSERT INTO measure_settings (name, value) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
            [.text(zone), .text(days.name)]
        )
        if known != nil { for kind in RecordKind.allCases { try restart(kind, in: transaction) } }
    }

    /// How many records that were counted before wait to be counted again.
    static func waiting(in transaction: some SQLReading) throws -> Int {
        let waiting = try transaction.first(
            """
            SELECT count(*) AS waiting FROM measure_records r JOIN measure_fills f ON f.kind = r.kind
            WHERE f.is_done = 0 AND r.id > f.position
            """
        ) { try $0.integer("waiting") }
        return Int(waiting ?? 0)
    }

    /// After which id of a kind counting goes on; nil when it is done.
    static func position(of kind: RecordKind, in transaction: some SQLReading) throws -> String? {
        try transaction.first(
            "SELECT position FROM measure_fills WHERE kind = $1 AND is_done = 0",
            [.text(kind.rawValue)]
        ) { try $0.text("position") }
    }

    static func note(
        _ kind: RecordKind,
        position: String,
        isDone: Bool,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO measure_fills (kind, position, is_done) VALUES ($1, $2, $3)
            ON CONFLICT (kind) DO UPDATE SET position = excluded.position, is_done = excluded.is_done
            """,
            [.text(kind.rawValue), .text(position), .integer(isDone ? 1 : 0)]
        )
    }
}
