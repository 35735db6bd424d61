import Storage
import Vocabulary

/// A case that was decided, as a replay takes it: text that is read where the work is done.
package struct RecordedCase: Sendable {
    private let source: Source

    private enum Source: Sendable {
        /// A row of the ledger.
        case stored(id: String, facts: String, personal: String, verdict: String, now: Int64)
        /// A line of a file, a part of its bytes.
        case line([UInt8], Range<Int>, number: Int)
    }

    /// What is read of a case.
    struct Content {
        let id: String
        let outcome: ResolutionOutcome
        let facts: CaseFacts
        let because: JSON?
    }

    /// A line of a file of cases: `{"case_id"?, "outcome", "request", "agent", "customer", "history", "context"?, "now",
    /// "because"?}`, with `now` in microseconds since 1970 or as text with a zone.
    package init(line: [UInt8], number: Int) { source = .line(line, 0..<line.count, number: number) }

    /// Some cases of a file whose lines are such: those that begin at `place`, at most `limit`.
    ///
    /// Moves `place` behind the last of them and adds the lines passed, empty ones also, to `number`. The bytes are shared.
    package static func cases(
        of file: [UInt8],
        from place: inout Int,
        number: inout Int,
        limit: Int
    ) -> [RecordedCase] {
        var cases: [RecordedCase] = []
        file.withUnsafeBufferPointer { bytes in
            while place < bytes.count, cases.count < limit {
                let end = Self.end(ofLineAt: place, bytes)
                number += 1
                if end > place { cases.append(RecordedCase(source: .line(file, place..<end, number: number))) }
                place = end + 1
            }
        }
        return cases
    }

    private static func end(ofLineAt start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var index = start
        // Eight bytes at a time, as long as none of them is a line feed.
        while index + 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ (ones &* 0x0A)
            if (word &- ones) & ~word & highs != 0 { break }
            index += 8
        }
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        return index
    }

    private init(source: Source) { self.source = source }

    /// What becomes of the case, without the values of the language; nil when only ``read()`` can tell.
    func decided(by replay: PackedReplay) -> PackedReplay.Decided? {
        switch source {
        case .line(let bytes, let range, _):
            return bytes.withUnsafeBufferPointer { bytes in
                try? replay.decide(UnsafeBufferPointer(rebasing: bytes[range]))
            }
        case .stored(_, var facts, var personal, var verdict, let now):
            return facts.withUTF8 { facts in
                personal.withUTF8 { personal in
                    verdict.withUTF8 { verdict in
                        try? replay.decide(stored: facts, personal: personal, verdict: verdict, now: now)
                    }
                }
            }
        }
    }

    fileprivate init?(_ row: SQLRow) throws {
        guard let personal = try row.optionalText("personal") else { return nil }
        source = .stored(
            id: try row.text("resolution_id"),
            facts: try row.text("facts"),
            personal: personal,
            verdict: try row.text("verdict"),
            now: try row.integer("created_microseconds")
        )
    }

    /// Reads the case.
    ///
    /// - Throws: ``ResolutionError`` `invalid` or the parser's error, for a line that is no case.
    func read() throws -> Content {
        switch source {
        case .line(let bytes, let range, let number):
            return try Self.content(JSON(parsing: Array(bytes[range])), number)
        case .stored(let id, let facts, let personal, let verdict, let now):
            let verdict = try JSON(parsing: verdict)
            return Content(
                id: id,
                outcome: try ResolutionOutcome(
                    stored: verdict["outcome"]?.string ?? "",
                    as: "the outcome of a request"
                ),
                facts: CaseFacts(stored: try JSON(parsing: facts), personal: try JSON(parsing: personal), now: now),
                because: verdict["because"]
            )
        }
    }

    private static func content(_ line: JSON, _ number: Int) throws -> Content {
        func object(_ name: String) throws -> JSONObject {
            if let object = line[name]?.object { return object }
            throw ResolutionError(.invalid, "line \(number): an object “\(name)” is expected", argument: name)
        }
        guard let outcome = line["outcome"]?.string.flatMap(ResolutionOutcome.init) else {
            let expected = "“outcome” is one of approved, approval_required, denied"
            throw ResolutionError(.invalid, "line \(number): \(expected)", argument: "outcome")
        }
        guard let now = AuthorityPolicy.moment(of: line["now"]) else {
            throw ResolutionError(.invalid, "line \(number): “now” is a time in RFC 3339", argument: "now")
        }
        let facts = CaseFacts(
            request: try object("request"),
            agent: try object("agent"),
            customer: try object("customer"),
            history: try object("history"),
            context: line["context"]?.object ?? [:],
            now: now
        )
        let id = line["case_id"]?.string ?? "line \(number)"
        return Content(id: id, outcome: outcome, facts: facts, because: line["because"])
    }
}

extension AuthorityLedger {
    /// A part of the recorded cases.
    package struct CasePage: Sendable {
        /// The cases, oldest first.
        package let cases: [RecordedCase]
        /// How many were left out because their data was erased.
        package let erased: Int
        /// The place to go on after; nil at the end.
        package let next: Int64?
    }

    /// Requests as cases for a replay, oldest first.
    ///
    /// `after` is the place in the order of requests to go on after; `since` leaves out those made before it, in
    /// microseconds since 1970.
    package func recordedCases(after: Int64, since: Int64?, limit: Int) async throws -> CasePage {
        try await store.read { transaction in
            var (cases, erased, last, read): ([RecordedCase], Int, Int64, Int) = ([], 0, after, 0)
            cases.reserveCapacity(limit)
            try transaction.forEach(
                """
                SELECT resolution_id, facts, verdict, personal, created_microseconds, sequence FROM resolutions
                WHERE sequence > $1 AND created_microseconds >= $2 ORDER BY sequence LIMIT $3
                """,
                [.integer(after), .integer(since ?? .min), .integer(Int64(limit))]
            ) { row in
                if let one = try RecordedCase(row) { cases.append(one) } else { erased += 1 }
                last = try row.integer("sequence")
                read += 1
            }
            return CasePage(cases: cases, erased: erased, next: read < limit ? nil : last)
        }
    }
}
