package import Storage

/// What came together under one key within a span of time.
package struct WindowSum: Sendable, Hashable {
    /// Minor units.
    package internal(set) var total: Int64 = 0
    /// How many grants.
    package internal(set) var count: Int64 = 0

    /// Adds another sum.
    ///
    /// - Throws: ``ResolutionError`` `invalid` beyond the range of 64 bits.
    static func += (left: inout WindowSum, right: WindowSum) throws {
        let (total, overflow) = left.total.addingReportingOverflow(right.total)
        guard !overflow else { throw ResolutionError(.invalid, "the amounts together are beyond what can be counted") }
        left = WindowSum(total: total, count: left.count + right.count)
    }

    /// The same with the sign turned.
    var negated: WindowSum { WindowSum(total: -total, count: -count) }
}

/// Exact sums over time, by key, at a cost that does not grow with what lies in between.
///
/// What is added is kept as running sums in the order of time, which is also the order of writing: the sum since a moment is
/// the last running sum less the last one before that moment, two look-ups. What is taken back, at any place in time, is
/// kept beside it in buckets of growing width: the sum since a moment takes the few finest buckets up to the border of
/// the next width, then those, and so on. Both are exact to the microsecond.
package enum WindowSums {
    /// Widths of the buckets as powers of two in microseconds: single moments, half a second, half a minute, half an
    /// hour, a day and a half, a hundred days.
    private static let levels: [Int64] = [0, 19, 25, 31, 37, 43]

    static let migration = [
        """
        CREATE TABLE resolution_sums (
            sum_key TEXT NOT NULL,
            at_microseconds BIGINT NOT NULL,
            sequence BIGINT NOT NULL,
            total BIGINT NOT NULL,
            entries BIGINT NOT NULL,
            PRIMARY KEY (sum_key, at_microseconds, sequence)
        )
        """,
        """
        CREATE TABLE resolution_releases (
            sum_key TEXT NOT NULL,
            level BIGINT NOT NULL,
            bucket BIGINT NOT NULL,
            total BIGINT NOT NULL,
            entries BIGINT NOT NULL,
            PRIMARY KEY (sum_key, level, bucket)
        )
        """,
    ]

    /// Adds one grant under some keys, each of them once.
    ///
    /// `at` is not before what was added under the keys, and `sequence` is above it.
    package static func add(
        _ minorUnits: Int64,
        under keys: [String],
        at: Int64,
        sequence: Int64,
        in transaction: WriteTransaction
    ) throws {
        let last = try running(ends(of: keys), in: transaction)
        for (key, var sum) in zip(keys, last) {
            try sum += WindowSum(total: minorUnits, count: 1)
            try transaction.post(
                """
                INSERT INTO resolution_sums (sum_key, at_microseconds, sequence, total, entries)
                VALUES ($1, $2, $3, $4, $5)
                """,
                [.text(key), .integer(at), .integer(sequence), .integer(sum.total), .integer(sum.count)]
            )
        }
    }

    /// What ``add(_:under:at:sequence:in:)`` asks.
    static func questions(ofAddingUnder keys: [String]) -> [SQLQuestion] { questions(of: ends(of: keys)[...]) }

    /// The ends of the running sums under keys.
    private static func ends(of keys: [String]) -> [Place] { keys.map { Place(key: $0, before: .max) } }

    /// Takes back what one grant added at a moment: its amount, and the grant itself unless `entries` is 0.
    package static func release(
        _ minorUnits: Int64,
        entries: Int64 = 1,
        under key: String,
        at: Int64,
        in transaction: WriteTransaction
    ) throws {
        for level in levels {
            try add(minorUnits, entries: entries, toBucket: at >> level, level: level, under: key, in: transaction)
        }
    }

    /// Moves what was taken back from grants after a moment to that moment.
    static func redateReleases(to moment: Int64, in transaction: WriteTransaction) throws {
        for level in levels {
            let bucket = moment >> level
            let later = try transaction.rows(
                """
                SELECT sum_key, SUM(total) AS released, SUM(entries) AS released_entries FROM resolution_releases
                WHERE level = $1 AND bucket > $2 GROUP BY sum_key
                """,
                [.integer(level), .integer(bucket)]
            ) { row in
                (
                    key: try row.text("sum_key"), total: try row.integer("released"),
                    entries: try row.integer("released_entries")
                )
            }
            try transaction.execute(
                "DELETE FROM resolution_releases WHERE level = $1 AND bucket > $2",
                [.integer(level), .integer(bucket)]
            )
            for sum in later {
                try add(
                    sum.total,
                    entries: sum.entries,
                    toBucket: bucket,
                    level: level,
                    under: sum.key,
                    in: transaction
                )
            }
        }
    }

    private static func add(
        _ minorUnits: Int64,
        entries: Int64,
        toBucket bucket: Int64,
        level: Int64,
        under key: String,
        in transaction: WriteTransaction
    ) throws {
        try transaction.post(
            """
            INSERT INTO resolution_releases (sum_key, level, bucket, total, entries) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (sum_key, level, bucket) DO UPDATE SET
                total = resolution_releases.total + excluded.total,
                entries = resolution_releases.entries + excluded.entries
            """,
            [.text(key), .integer(level), .integer(bucket), .integer(minorUnits), .integer(entries)]
        )
    }

    /// Where a sum begins: a key, and the moment after which entries count.
    package struct Start: Hashable {
        package let key: String
        package let after: Int64

        package init(key: String, after: Int64) { (self.key, self.after) = (key, after) }
    }

    /// What was added under a key after the moment `after` and not taken back.
    package static func sum(under key: String, after: Int64, in transaction: some SQLReading) throws -> WindowSum {
        try sums(from: [Start(key: key, after: after)], in: transaction)[0]
    }

    /// The sum from each start on, in their order.
    ///
    /// The running sums of all are read by one statement, or by a few when there are many, and so is under which keys there are
    /// releases. These cost statements of their own.
    package static func sums(from starts: [Start], in transaction: some SQLReading) throws -> [WindowSum] {
        var keys: [String] = []
        let owners = starts.map { start in
            if let known = keys.firstIndex(of: start.key) { return known }
            keys.append(start.key)
            return keys.count - 1
        }
        let places = ends(of: keys) + starts.map { Place(key: $0.key, before: $0.after + 1) }
        transaction.prefetch { releaseQuestions(keys) }
        let running = try running(places, in: transaction)
        let released = try withReleases(among: keys, in: transaction)
        return try starts.enumerated().map { index, start in
            var sum = running[owners[index]]
            try sum += running[keys.count + index].negated
            if sum.count > 0, released.contains(start.key) {
                try sum += Self.released(under: start.key, from: start.after + 1, in: transaction).negated
            }
            return sum
        }
    }

    /// A place in the running sums: behind everything that was added under a key before a moment.
    private struct Place {
        let key: String
        let before: Int64
    }

    /// Look-ups in one statement.
    private static let maximumLookups = 32

    /// The running sums at some places, in their order.
    private static func running(_ places: [Place], in transaction: some SQLReading) throws -> [WindowSum] {
        var sums = [WindowSum](repeating: WindowSum(), count: places.count)
        for (number, question) in questions(of: places[...]).enumerated() {
            try transaction.forEach(question) { row in
                let place = number * maximumLookups + Int(try row.integer("place"))
                sums[place] = WindowSum(total: try row.integer("total"), count: try row.integer("entries"))
            }
        }
        return sums
    }

    private static func questions(of places: ArraySlice<Place>) -> [SQLQuestion] {
        stride(from: 0, to: places.count, by: maximumLookups).map { first in
            let part = places.dropFirst(first).prefix(maximumLookups)
            var values: [SQLValue] = []
            values.reserveCapacity(2 * part.count)
            for place in part {
                values.append(.text(place.key))
                values.append(.integer(place.before))
            }
            return SQLQuestion(runningQueries[part.count - 1], values)
        }
    }

    /// The queries for one place, for two, and so on: a statement costs more than a look-up.
    private static let runningQueries = queries { place in
        """
        SELECT \(place) AS place, total, entries FROM (
            SELECT total, entries FROM resolution_sums
            WHERE sum_key = $\(2 * place + 1) AND at_microseconds < $\(2 * place + 2)
            ORDER BY at_microseconds DESC, sequence DESC LIMIT 1
        ) AS sum_\(place)
        """
    }

    /// Those of some keys under which anything was ever taken back.
    private static func withReleases(among keys: [String], in transaction: some SQLReading) throws -> Set<String> {
        var found: Set<String> = []
        for (number, question) in releaseQuestions(keys).enumerated() {
            try transaction.forEach(question) { row in
                found.insert(keys[number * maximumLookups + Int(try row.integer("place"))])
            }
        }
        return found
    }

    private static func releaseQuestions(_ keys: [String]) -> [SQLQuestion] {
        stride(from: 0, to: keys.count, by: maximumLookups).map { first in
            let part = keys.dropFirst(first).prefix(maximumLookups)
            return SQLQuestion(releaseQueries[part.count - 1], part.map(SQLValue.text))
        }
    }

    private static let releaseQueries = queries { place in
        "SELECT \(place) AS place WHERE EXISTS (SELECT 1 FROM resolution_releases WHERE sum_key = $\(place + 1))"
    }

    /// Queries that join one part, two parts, and so on.
    private static func queries(_ part: (_ place: Int) -> String) -> [String] {
        (1...maximumLookups).map { count in (0..<count).map(part).joined(separator: " UNION ALL ") }
    }

    private static func released(
        under key: String,
        from moment: Int64,
        in transaction: some SQLReading
    ) throws -> WindowSum {
        let parts = parts(from: moment)
        var values: [SQLValue] = [.text(key)]
        for part in parts {
            values.append(.integer(part.level))
            values.append(.integer(part.buckets.lowerBound))
            values.append(.integer(part.buckets.upperBound))
        }
        var sum = WindowSum()
        try transaction.forEach(releasedQueries[parts.count - 1], values) {
            try sum += WindowSum(total: try $0.integer("total"), count: try $0.integer("entries"))
        }
        return sum
    }

    /// The queries for one width of buckets, for two, and so on: a statement costs more than the few rows it reads.
    private static let releasedQueries = (1...levels.count).map { count in
        (0..<count).map { part in
            """
            SELECT total, entries FROM resolution_releases WHERE sum_key = $1
            AND level = $\(3 * part + 2) AND bucket >= $\(3 * part + 3) AND bucket < $\(3 * part + 4)
            """
        }
        .joined(separator: " UNION ALL ")
    }

    /// The buckets that together are all time from a moment on: of each width up to the border of the next.
    static func parts(from moment: Int64) -> [(level: Int64, buckets: Range<Int64>)] {
        var (parts, start): ([(Int64, Range<Int64>)], Int64) = ([], moment)
        for (place, level) in levels.enumerated() {
            guard place + 1 < levels.count else {
                parts.append((level, (start >> level)..<Int64.max))
                break
            }
            let wider = levels[place + 1]
            let border = ((start - 1) >> wider + 1) << wider
            if start < border { parts.append((level, (start >> level)..<(border >> level))) }
            start = border
        }
        return parts
    }
}
