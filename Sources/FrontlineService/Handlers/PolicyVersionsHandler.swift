import FrontlineProtocol
import Versioning

struct PolicyVersionsHandler: MethodHandler {
    typealias Method = PolicyVersions
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (versions, live) = try RuleShelf(services).versions(of: params.name)
        return Method.Result(versions: versions.map(VersionEntry.init), live: Int(live))
    }
}
