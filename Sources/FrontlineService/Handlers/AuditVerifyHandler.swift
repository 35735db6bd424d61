import FrontlineProtocol
import Storage

struct AuditVerifyHandler: MethodHandler {
    typealias Method = AuditVerify
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await services.store.read { try RecordVerification.run(notedHead: params.head, in: $0) }
    }
}
