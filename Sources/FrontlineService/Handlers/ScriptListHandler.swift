import FrontlineProtocol
import Scripting

struct ScriptListHandler: MethodHandler {
    typealias Method = ScriptList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let scripts = try services.scripts.list(for: caller.principal).map { script in
            Method.Script(
                scriptId: script.id,
                version: Int(script.version),
                title: script.title,
                locale: script.locale,
                tags: script.tags,
                examples: script.examples.isEmpty ? nil : script.examples
            )
        }
        return Method.Result(scripts: scripts)
    }
}
