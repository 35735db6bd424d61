import FrontlineProtocol

struct PolicyCompareHandler: MethodHandler {
    typealias Method = PolicyCompare
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let changes = try RuleShelf(services)
            .compare(params.name, from: Int64(params.from), to: Int64(params.to))
        return Method.Result(changes: changes)
    }
}
