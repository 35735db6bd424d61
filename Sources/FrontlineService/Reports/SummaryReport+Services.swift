import Access
import Alerts
import Conversations
import FrontlineProtocol
import JSONRPC
import Knowledge
import Measures
import Resolution
import Scripting
import Storage
import Vocabulary

extension SummaryReport {
    /// Creates the report of a period (end exclusive) for a caller.
    static func make(
        _ params: ReportSummary.Params,
        services: Services,
        visibility: ConversationVisibility
    ) async throws -> SummaryReport {
        let days = try await services.measures.measures.days()
        return try await services.store.read { transaction in
            var filing = Filing(
                conversations: services.conversations,
                visibility: visibility,
                from: params.from.microseconds,
                to: params.to.microseconds,
                report: SummaryReport(group: params.groupBy, days: days)
            )
            try filing.addContacts(in: transaction)
            for tally in try services.alerts.outcomes(from: filing.from, to: filing.to, in: transaction) {
                guard let place = try filing.place(of: tally.conversationID, in: transaction) else { continue }
                filing.report.add(alerts: tally.count, outcome: tally.outcome, at: place)
            }
            for activity in try KnowledgeBase.activity(from: filing.from, to: filing.to, in: transaction) {
                guard let place = try filing.place(of: activity.conversationID, in: transaction) else { continue }
                filing.report.add(searches: activity.searches, used: activity.used, at: place)
            }
            if visibility.seesAll {
                let loose = try KnowledgeBase.searchesWithoutConversation(
                    from: filing.from,
                    to: filing.to,
                    in: transaction
                )
                for (at, count) in loose { filing.report.add(searchesWithoutConversation: count, at: at) }
            }
            let requests = try services.authority.requests(
                from: filing.from,
                to: filing.to,
                now: services.now(),
                in: transaction
            )
            for request in requests {
                guard visibility.includes(agents: [request.agent], teams: request.teams) else { continue }
                filing.report.add(request)
            }
            for (id, count) in try services.sessions.deviations(from: filing.from, to: filing.to, in: transaction) {
                guard let place = try filing.place(of: id, in: transaction) else { continue }
                filing.report.add(deviations: Int(count), at: place)
            }
            return filing.report
        }
    }
}

/// Determines the place in the report of each item.
private struct Filing {
    let conversations: ConversationStore
    let visibility: ConversationVisibility
    let from: Int64
    let to: Int64
    var report: SummaryReport
    private var places: [String: SummaryReport.Place?] = [:]

    init(
        conversations: ConversationStore,
        visibility: ConversationVisibility,
        from: Int64,
        to: Int64,
        report: SummaryReport
    ) {
        (self.conversations, self.visibility, self.report) = (conversations, visibility, report)
        (self.from, self.to) = (from, to)
    }

    mutating func addContacts(in transaction: ReadTransaction) throws {
        try conversations.forEachFact(openedFrom: from, to: to, in: transaction) { fact in
            guard visibility.includes(agents: fact.agent.map { [$0] } ?? [], teams: fact.teams) else { return }
            report.add(fact)
        }
    }

    /// The place of a conversation; nil if it does not exist or the caller may not see it.
    mutating func place(of id: String, in transaction: ReadTransaction) throws -> SummaryReport.Place? {
        if let known = places[id] { return known }
        let fact = try conversations.fact(of: id, in: transaction)
        let seen = fact.flatMap { fact in
            visibility.includes(agents: fact.agent.map { [$0] } ?? [], teams: fact.teams) ? fact : nil
        }
        let place = seen.map { SummaryReport.Place($0) }
        places[id] = .some(place)
        return place
    }
}

extension SummaryReport {
    /// Adds a request according to its status; cancelled, expired and reversed ones are not counted.
    fileprivate mutating func add(_ request: GrantFigures) {
        let place = Place(request)
        switch request.status {
        case .approved: if request.counts { add(granted: request.amount.map(MoneySum.init), at: place) }
        case .pending: add(withheld: .pending, at: place)
        case .denied: add(withheld: .denied, at: place)
        case .rejected: add(withheld: .rejected, at: place)
        case .cancelled, .expired: break
        }
    }
}

extension SummaryReport.Place {
    /// Creates the place of a request.
    fileprivate init(_ grant: GrantFigures) {
        self.init(agent: grant.agent, teams: grant.teams, channel: grant.channel, at: grant.at)
    }
}

extension MoneySum {
    fileprivate init(_ money: Money) {
        self.init(currency: money.currency.code, digits: money.currency.digits, minorUnits: money.minorUnits)
    }
}

struct ReportSummaryHandler: MethodHandler {
    typealias Method = ReportSummary
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await services.searchLog.flush()
        let visibility = ConversationVisibility(of: caller.principal)
        let report = try await SummaryReport.make(params, services: services, visibility: visibility)
        return Method.Result(rows: report.result)
    }
}
