import Alerts
import FrontlineProtocol
import Storage

struct AlertsReadHandler: MethodHandler {
    typealias Method = AlertsRead
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (desk, cursor) = (services.alerts, Int64(params.cursor) ?? 0)
        let mark = try await services.store.write(durability: .process) { transaction in
            try desk.markRead(cursor, by: caller.principal, now: caller.now, in: transaction)
        }
        return Method.Result(cursor: "\(mark)")
    }
}

extension Caller {
    /// Where the stream of alerts goes on for what a caller gives as `after`: the word `last` is the caller's own mark.
    func alertCursor(_ after: String?, _ services: Services) throws -> String? {
        after == "last" ? "\(try services.alerts.mark(of: principal))" : after
    }
}
