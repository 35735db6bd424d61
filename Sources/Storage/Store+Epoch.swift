import Foundation

/// Which history of the store this is.
///
/// A history ends when the store goes back to an earlier time: a backup was restored, or a database server was lost with its last
/// commits and another one took its place. Numbers that were given before might then be given again for something else. So the
/// history that begins there, an epoch, counts on from a number above all of them: the microseconds of its beginning. A cursor of the
/// earlier history stays larger than what both have in common and smaller than everything new, and ``gap(of:at:in:)`` tells a
/// reader that what it has read last is no more.
extension Store {
    static let epochMigration = Migration(
        "storage-epochs",
        [
            """
            CREATE TABLE epochs (
                number BIGINT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                place TEXT,
                begun_microseconds BIGINT NOT NULL
            )
            """,
            // The numbers between both were perhaps given in the history that has ended.
            """
            CREATE TABLE epoch_gaps (
                epoch BIGINT NOT NULL,
                counter TEXT NOT NULL,
                last_common BIGINT NOT NULL,
                first_new BIGINT NOT NULL,
                PRIMARY KEY (epoch, counter)
            )
            """,
        ]
    )
    /// The tables that have rows as soon as a history has begun.
    package static let tablesOfAnOpenedStore: Set = ["epochs", "topics"]
    /// The topic of the rows that describe histories.
    static let epochTopic = "epochs"
    /// What the revisions of topics grow by, which is more than any history has lost.
    private static let revisionStep: Int64 = 1_000_000_000

    /// A history that has begun.
    package struct Epoch: Sendable, Hashable {
        package let number: Int64
        /// A random name.
        package let name: String
        /// The database that it is in, in the words of the driver; nil where that is not told.
        package let place: String?
    }

    /// The present history; nil before the first ``beginEpoch(isNew:place:above:now:in:)``.
    package static func epoch(in transaction: some SQLReading) throws -> Epoch? {
        try transaction.first("SELECT number, name, place FROM epochs ORDER BY number DESC LIMIT 1") { row in
            Epoch(number: try row.integer("number"), name: try row.text("name"), place: try row.optionalText("place"))
        }
    }

    /// Begins a history.
    ///
    /// - Parameters:
    ///   - isNew: whether a history that has begun already ends; else it goes on.
    ///   - place: the database that it is in, as far as the driver can tell.
    ///   - floor: a number that was given in the history that ends, by a count that is not in the store.
    ///   - now: the time, in microseconds since 1970.
    ///   - transaction: the transaction that writes it.
    /// - Returns: the number above which everything new is counted; nil where a history goes on or is the first one.
    /// - Throws: ``StorageError``.
    @discardableResult
    package static func beginEpoch(
        isNew: Bool = false,
        place: String? = nil,
        above floor: Int64 = 0,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Int64? {
        let last = try epoch(in: transaction)
        if last != nil, !isNew { return nil }
        let number = (last?.number ?? 0) + 1
        let name = UUID().uuidString.prefix(8).lowercased()
        try transaction.execute(
            "INSERT INTO epochs (number, name, place, begun_microseconds) VALUES ($1, $2, $3, $4)",
            [.integer(number), .text(name), place.map { .text($0) } ?? .null, .integer(now)]
        )
        try touch(epochTopic, in: transaction)
        guard last != nil else { return nil }
        return try countOn(in: number, above: max(now, floor + 1), transaction)
    }

    /// Lets everything that is followed count on above what was given before.
    private static func countOn(
        in epoch: Int64,
        above floor: Int64,
        _ transaction: WriteTransaction
    ) throws -> Int64 {
        let counters = try transaction.rows("SELECT name, value FROM counters") {
            (name: try $0.text("name"), value: try $0.integer("value"))
        }.filter { isFollowed($0.name) }
        // Where the clock of an earlier history was ahead.
        let start = counters.reduce(floor) { max($0, $1.value + 1) }
        for counter in counters {
            try transaction.execute(
                "INSERT INTO epoch_gaps (epoch, counter, last_common, first_new) VALUES ($1, $2, $3, $4)",
                [.integer(epoch), .text(counter.name), .integer(counter.value), .integer(start)]
            )
            try transaction.execute(
                "UPDATE counters SET value = $1 WHERE name = $2",
                [.integer(start), .text(counter.name)]
            )
        }
        try transaction.execute(
            "UPDATE topics SET revision = revision + \(revisionStep) WHERE topic <> $1",
            [.text(epochTopic)]
        )
        return start
    }

    /// Whether others remember numbers of a counter and ask for what came after them: the change sequence, that of precedents, and
    /// all logs, whose counters have names that end in `_events`.
    private static func isFollowed(_ counter: String) -> Bool {
        counter == changeCounter || counter == "precedents" || counter.hasSuffix("_events")
    }

    /// What a history that has ended gave and this one does not have.
    package struct Gap: Sendable, Hashable {
        /// The last number that both have.
        package let lastCommon: Int64
        /// Everything that is new has a larger number.
        package let firstNew: Int64

        package init(lastCommon: Int64, firstNew: Int64) { (self.lastCommon, self.firstNew) = (lastCommon, firstNew) }

        func contains(_ number: Int64) -> Bool { lastCommon < number && number < firstNew }
    }

    /// The gap that a number of a counter is in, if the history that gave it has ended and lost it.
    package static func gap(of counter: String, at number: Int64, in transaction: some SQLReading) throws -> Gap? {
        try transaction.first(
            """
            SELECT last_common, first_new FROM epoch_gaps
            WHERE counter = $1 AND last_common < $2 AND first_new > $2 ORDER BY epoch DESC LIMIT 1
            """,
            [.text(counter), .integer(number)]
        ) { Gap(lastCommon: try $0.integer("last_common"), firstNew: try $0.integer("first_new")) }
    }

    static func gaps(in transaction: some SQLReading) throws -> [String: [Gap]] {
        var gaps: [String: [Gap]] = [:]
        try transaction.forEach("SELECT counter, last_common, first_new FROM epoch_gaps ORDER BY epoch DESC") { row in
            let gap = Gap(lastCommon: try row.integer("last_common"), firstNew: try row.integer("first_new"))
            gaps[try row.text("counter"), default: []].append(gap)
        }
        return gaps
    }
}
