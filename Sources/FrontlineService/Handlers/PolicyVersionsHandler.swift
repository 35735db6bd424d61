import FrontlineProtocol
import Versioning

struct PolicyVersionsHandler: MethodHandler {
    typealias Method = PolicyVersions
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let versions = try RuleShelf(services).versions(of: params.name)
        let live = versions.first(where: \.isInForce)?.version.number ?? 0
        return Method.Result(versions: versions.map(Method.Version.init), live: Int(live))
    }
}

extension PolicyVersions.Version {
    init(_ listing: VersionListing) {
        self.init(
            version: Int(listing.version.number),
            sha256: listing.version.sha256,
            at: Timestamp(microseconds: listing.version.at),
            by: listing.version.by,
            note: listing.version.note,
            inForce: listing.isInForce,
            withdrawn: listing.withdrawal.map(VersionWithdrawal.init)
        )
    }
}
