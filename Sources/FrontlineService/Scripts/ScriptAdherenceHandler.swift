import Access
import FrontlineProtocol
import Scripting
import Vocabulary

struct ScriptAdherenceHandler: MethodHandler {
    typealias Method = ScriptAdherence
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let query = AdherenceQuery(
            scriptID: params.scriptId,
            since: params.since?.microseconds,
            until: params.until?.microseconds,
            grouping: params.groupBy ?? .script,
            teams: teams(of: caller)
        )
        return Method.Result(rows: try await services.scripts.adherence(query).map(Method.Row.init))
    }

    /// The teams that the caller may see; nil for all.
    private func teams(of caller: Caller) -> [String]? {
        guard caller.principal.roles.isDisjoint(with: [.auditor, .operations]), !caller.principal.leadsEveryTeam else {
            return nil
        }
        return caller.principal.teams
    }
}

extension ScriptAdherence.Row {
    init(_ row: AdherenceRow) {
        self.init(
            key: row.key,
            sessions: row.sessions,
            completed: row.completed,
            abandoned: row.abandoned,
            stopped: row.stopped,
            requiredDone: row.requiredDone,
            requiredTotal: row.requiredTotal,
            orderKept: row.orderKept,
            deviations: row.deviations,
            deviationReasons: row.deviationReasons.map {
                ScriptAdherence.Deviation(step: $0.step, kind: $0.kind, reason: $0.reason, count: $0.count)
            },
            outcomes: row.outcomes,
            medianSeconds: row.medianSeconds,
            p90Seconds: row.p90Seconds,
            stepsTaken: row.stepsTaken,
            stepsDirect: row.stepsDirect,
            paths: row.paths?.map { ScriptAdherence.Path(direct: $0.direct, full: $0.full, sessions: $0.sessions) }
        )
    }
}
