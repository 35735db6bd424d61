import FrontlineProtocol
import Scripting
import Versioning

struct ScriptVersionsHandler: MethodHandler {
    typealias Method = ScriptVersions
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (versions, live) = try services.scripts.versions(of: params.scriptId)
        return Method.Result(versions: versions.map(Method.Version.init), live: live.map(Int.init))
    }
}

extension ScriptVersions.Version {
    init(_ listing: ScriptVersionListing) {
        self.init(
            version: Int(listing.version.number),
            sha256: listing.version.sha256,
            at: Timestamp(microseconds: listing.version.at),
            by: listing.version.by,
            note: listing.version.note,
            status: ScriptVersions.Status(listing.status),
            percent: listing.audience?.percent,
            teams: listing.audience?.teams?.sorted(),
            withdrawn: listing.withdrawal.map(VersionWithdrawal.init),
            openSessions: Int(listing.openSessions)
        )
    }
}

extension ScriptVersions.Status {
    /// Where a version stands, as the wire names it.
    init(_ status: ScriptVersionListing.Status) {
        switch status {
        case .live: self = .live
        case .partial: self = .partial
        case .superseded: self = .superseded
        case .withdrawn: self = .withdrawn
        }
    }
}

extension VersionWithdrawal {
    /// A withdrawal as the wire shows it.
    init(_ withdrawal: Withdrawal) {
        self.init(at: Timestamp(microseconds: withdrawal.at), by: withdrawal.by, reason: withdrawal.reason)
    }
}
