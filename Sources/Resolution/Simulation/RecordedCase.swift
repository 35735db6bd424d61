package import JSONRPC
import Storage

/// A case that was decided, as a replay takes it: texts that are read where the work is done.
package struct RecordedCase: Sendable {
    /// The id of the request, or what else names the case.
    package let id: String
    /// What was decided.
    package let outcome: GrantOutcome
    private let source: Source

    private enum Source: Sendable {
        case stored(facts: String, personal: String, verdict: String, now: Int64)
        case line(CaseFacts, because: [String])
    }

    /// A case with its facts.
    package init(id: String, outcome: GrantOutcome, facts: CaseFacts, because: [String] = []) {
        (self.id, self.outcome, source) = (id, outcome, .line(facts, because: because))
    }

    /// Reads a line of a file of cases: `{"request", "agent", "customer", "history", "context"?, "now", "outcome",
    /// "because"?, "case_id"?}`, with `now` in microseconds since 1970 or as RFC 3339.
    ///
    /// - Throws: ``ResolutionError`` `invalid`, naming the member that is missing or wrong.
    package init(line: JSON, number: Int) throws {
        func object(_ name: String) throws -> JSONObject {
            guard let object = line[name]?.object else {
                throw ResolutionError(.invalid, "line \(number): an object “\(name)”", argument: name)
            }
            return object
        }
        guard let outcome = line["outcome"]?.string.flatMap(GrantOutcome.init) else {
            throw ResolutionError(
                .invalid,
                "line \(number): an “outcome” that is one of approved, approval_required, denied",
                argument: "outcome"
            )
        }
        guard let now = AuthorityPolicy.moment(of: line["now"]) else {
            throw ResolutionError(.invalid, "line \(number): “now”, a time in RFC 3339", argument: "now")
        }
        let facts = CaseFacts(
            request: try object("request"),
            agent: try object("agent"),
            customer: try object("customer"),
            history: try object("history"),
            context: line["context"]?.object ?? [:],
            now: now
        )
        self.init(
            id: line["case_id"]?.string ?? "line \(number)",
            outcome: outcome,
            facts: facts,
            because: line["because"]?.array?.compactMap(\.string) ?? []
        )
    }

    fileprivate init?(_ row: SQLRow) throws {
        guard let personal = row.optionalText(3) else { return nil }
        let verdict = try row.text(2)
        // The outcome stands first in what `Verdict.json` writes.
        let outcome = GrantOutcome.allCases.first { verdict.hasPrefix("{\"outcome\":\"\($0.rawValue)\"") }
        guard let outcome else { return nil }
        (id, self.outcome) = (try row.text(0), outcome)
        source = .stored(facts: try row.text(1), personal: personal, verdict: verdict, now: try row.integer(4))
    }

    /// What the policy saw.
    func facts() throws -> CaseFacts {
        switch source {
        case .line(let facts, _): facts
        case .stored(let facts, let personal, _, let now):
            CaseFacts(stored: try JSON(parsing: facts), personal: try JSON(parsing: personal), now: now)
        }
    }

    /// Why it was decided so.
    func because() throws -> [String] {
        switch source {
        case .line(_, let because): because
        case .stored(_, _, let verdict, _):
            try JSON(parsing: verdict)["because"]?.array?.compactMap(\.string) ?? []
        }
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
    /// - Parameters:
    ///   - after: the place in the order of requests to go on after.
    ///   - since: only those made at this moment or later, in microseconds since 1970.
    ///   - limit: how many at most.
    package func recordedCases(after: Int64, since: Int64?, limit: Int) throws -> CasePage {
        try store.readNow { transaction in
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
                last = try row.integer(5)
                read += 1
            }
            return CasePage(cases: cases, erased: erased, next: read < limit ? nil : last)
        }
    }
}
