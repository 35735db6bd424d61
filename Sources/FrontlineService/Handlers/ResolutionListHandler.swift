import FrontlineProtocol
import JSONRPC
import Resolution

struct ResolutionListHandler: MethodHandler {
    typealias Method = ResolutionList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        var query = GrantQuery()
        query.status = params.status.map { GrantStatus($0) }
        query.customerID = params.customerId
        query.agent = params.agent
        query.isAwaitingCaller = params.awaiting == .me
        query.isAwaitingConfirmation = params.awaiting == .confirmation
        query.since = params.since?.microseconds
        query.limit = params.limit ?? 50
        if let cursor = params.cursor {
            guard let after = Int64(cursor), after >= 0 else {
                throw RPCError.invalidParams(path: "params.cursor", expected: "the next_cursor of a list")
            }
            query.after = after
        }
        let page = try services.authority.list(query, for: caller.principal, now: caller.now)
        return Method.Result(
            resolutions: try page.grants.map(services.sentences.record),
            nextCursor: page.next.map(String.init)
        )
    }
}
