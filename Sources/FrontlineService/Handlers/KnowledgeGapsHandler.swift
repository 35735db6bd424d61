import FrontlineProtocol
import Knowledge

struct KnowledgeGapsHandler: MethodHandler {
    typealias Method = KnowledgeGaps
    /// 30 days, in microseconds.
    private static let standardPeriod: Int64 = 30 * 86_400_000_000
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try services.searchLog.flush()
        let since = params.since?.microseconds ?? caller.now - Self.standardPeriod
        let gaps = try services.knowledge.gaps(since: since, limit: params.limit ?? 20)
        return Method.Result(
            gaps: gaps.map { gap in
                Method.Gap(
                    example: gap.example,
                    queries: gap.queries,
                    zeroResults: gap.zeroResults,
                    noUse: gap.noUse,
                    lastAt: Timestamp(microseconds: gap.lastAt),
                    terms: gap.terms
                )
            }
        )
    }
}
