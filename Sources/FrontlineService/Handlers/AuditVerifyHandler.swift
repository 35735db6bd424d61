import AuditTrail
import FrontlineProtocol
import Storage

struct AuditVerifyHandler: MethodHandler {
    typealias Method = AuditVerify
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let verification = try await services.store.read { try AuditLog.verify(in: $0) }
        return Method.Result(
            ok: verification.ok,
            entries: Int(verification.entries),
            head: verification.head,
            firstBad: verification.firstBad.map(Int.init)
        )
    }
}
