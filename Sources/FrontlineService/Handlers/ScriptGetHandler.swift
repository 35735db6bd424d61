import FrontlineProtocol
import Scripting

struct ScriptGetHandler: MethodHandler {
    typealias Method = ScriptGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let script = try services.scripts.script(
            params.scriptId,
            version: params.version.map(Int64.init),
            for: caller.principal
        )
        return Method.Result(
            scriptId: script.definition.id,
            version: Int(script.version),
            sha256: script.sha256,
            source: script.source,
            graph: script.definition.mermaid,
            title: script.definition.title,
            locale: script.definition.locale,
            tags: script.definition.tags
        )
    }
}
