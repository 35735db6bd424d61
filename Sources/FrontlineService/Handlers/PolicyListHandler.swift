import FrontlineProtocol

struct PolicyListHandler: MethodHandler {
    typealias Method = PolicyList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        Method.Result(policies: try RuleShelf(services).list())
    }
}
