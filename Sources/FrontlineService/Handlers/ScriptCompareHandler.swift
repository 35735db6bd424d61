import FrontlineProtocol
import Scripting

struct ScriptCompareHandler: MethodHandler {
    typealias Method = ScriptCompare
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let changes = try services.scripts.compare(
            params.scriptId,
            from: Int64(params.from),
            to: Int64(params.to)
        )
        return Method.Result(
            changes: changes.map { change in
                Method.Change(
                    kind: Method.Kind(change.kind),
                    subject: change.subject,
                    step: change.step,
                    text: change.text
                )
            },
            summary: VersionComparison.summary(changes)
        )
    }
}

extension ScriptCompare.Kind {
    /// What happened, as the wire names it.
    init(_ kind: VersionChange.Kind) {
        switch kind {
        case .added: self = .added
        case .removed: self = .removed
        case .changed: self = .changed
        }
    }
}
