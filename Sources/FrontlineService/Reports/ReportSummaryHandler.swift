import Conversations
import FrontlineProtocol
import Knowledge

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
