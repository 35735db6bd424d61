import Access
import FrontlineProtocol
import JSONRPC
import Knowledge
import Measures
import Vocabulary

struct MeasuresListHandler: MethodHandler {
    typealias Method = MeasuresList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let visibility = MeasureVisibility(of: caller.principal)
        let entries = try await services.measures.measures.book().entries
        return Method.Result(
            measures: entries.filter { visibility.includes($0.definition) }
                .map { MeasuresList.Measure($0, locale: params.locale ?? caller.locale) }
        )
    }
}

struct MeasuresGetHandler: MethodHandler {
    typealias Method = MeasuresGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let entry = try await services.measure(params.measure, for: MeasureVisibility(of: caller.principal))
        return Method.Result(entry, locale: caller.locale)
    }
}

struct MeasuresValuesHandler: MethodHandler {
    typealias Method = MeasuresValues
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let visibility = MeasureVisibility(of: caller.principal)
        let definition = try await services.measure(params.measure, for: visibility).definition
        let days = try await services.measures.measures.days()
        let period = try MeasurePeriod(from: params.from, to: params.to, days)
        let question = try MeasureQuestion(
            definition,
            from: period.from,
            to: period.to,
            by: params.by,
            group: params.group
        )
        let waiting = try await services.countNews()
        let rows = try await services.measures.values(question, visibility: visibility)
        return Method.Result(rows: rows.map(Method.Row.init), waiting: waiting > 0 ? waiting : nil)
    }
}

struct MeasuresExplainHandler: MethodHandler {
    typealias Method = MeasuresExplain
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let visibility = MeasureVisibility(of: caller.principal)
        let definition = try await services.measure(params.measure, for: visibility).definition
        let row = MeasureRowName(params.key, by: params.by)
        let days = try await services.measures.measures.days()
        let period = MeasurePeriod(of: row.by, around: params.at, days)
        let question = try MeasureQuestion(
            definition,
            from: period.from,
            to: period.to,
            by: row.by,
            group: params.group
        )
        _ = try await services.countNews()
        let found = try await services.measures.records(
            behind: row.key,
            of: question,
            limit: params.limit ?? 50,
            visibility: visibility
        )
        return Method.Result(
            contacts: found.records.map(Method.Contact.init),
            more: found.hasMore ? true : nil
        )
    }
}

extension Services {
    /// So many records are counted before a question is answered; what is left is told.
    private static let newsLimit = 2_000

    /// A measure in force that the caller may see.
    ///
    /// - Throws: `MeasureError` `notFound`.
    fileprivate func measure(_ name: String, for visibility: MeasureVisibility) async throws -> MeasureBook.Entry {
        let book = try await measures.measures.book()
        guard let entry = book[name], visibility.includes(entry.definition) else {
            throw MeasureError(.notFound, "there is no measure “\(name)”", argument: "measure")
        }
        return entry
    }

    /// Counts what has happened since the last time, so that an answer is current.
    ///
    /// - Returns: how many records wait still.
    fileprivate func countNews() async throws -> Int {
        try await searchLog.flush()
        guard try await measures.catchUp(limit: Self.newsLimit) >= Self.newsLimit else { return 0 }
        return try await measures.waiting()
    }
}

/// The days of a question.
struct MeasurePeriod {
    let from: Int64
    /// The day after the last.
    let to: Int64

    /// So many days a question may cover: days without records cost nothing.
    private static let maximumDays: Int64 = 200_000

    /// The days that a period touches.
    ///
    /// - Throws: an error of the wire when it is empty or too long.
    init(from: DayOrTime, to: DayOrTime, _ days: MeasureDays) throws(RPCError) {
        self.from = Self.day(of: from, days)
        switch to {
        case .day: self.to = Self.day(of: to, days)
        // The last moment that belongs to the period decides about its last day.
        case .time(let time): self.to = days.day(of: time.microseconds - 1) + 1
        }
        guard self.from < self.to else {
            throw .invalidParams(path: "params.to", expected: "a day or a time after `from`")
        }
        guard self.to - self.from <= Self.maximumDays else {
            throw .invalidParams(path: "params.to", expected: "at most \(Self.maximumDays) days after `from`")
        }
    }

    /// The day, week or month around a moment.
    init(of by: String?, around moment: DayOrTime, _ days: MeasureDays) {
        let day = Self.day(of: moment, days)
        let name: (Int64) -> String
        switch by {
        case "week": name = MeasureDays.week
        case "month": name = MeasureDays.month
        default: name = MeasureDays.name
        }
        var (first, last) = (day, day)
        while name(first - 1) == name(day) { first -= 1 }
        while name(last + 1) == name(day) { last += 1 }
        (from, to) = (first, last + 1)
    }

    private static func day(of moment: DayOrTime, _ days: MeasureDays) -> Int64 {
        switch moment {
        case .day(let name): MeasureDays.day(named: name) ?? 0
        case .time(let time): days.day(of: time.microseconds)
        }
    }
}

/// What a row stands for, told by its key where nobody says so.
struct MeasureRowName {
    let by: String?
    let key: String

    init(_ key: String, by: String?) {
        let parts = key.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if let by {
            (self.by, self.key) = (by, key)
        } else if parts.count == 2 {
            (self.by, self.key) = (parts[0], parts[1])
        } else if key.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil {
            (self.by, self.key) = ("day", key)
        } else if key.wholeMatch(of: /[0-9]{4}-W[0-9]{2}/) != nil {
            (self.by, self.key) = ("week", key)
        } else if key.wholeMatch(of: /[0-9]{4}-[0-9]{2}/) != nil {
            (self.by, self.key) = ("month", key)
        } else {
            (self.by, self.key) = (nil, key)
        }
    }
}
