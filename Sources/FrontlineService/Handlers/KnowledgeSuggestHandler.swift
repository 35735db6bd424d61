import FrontlineProtocol
import Knowledge

struct KnowledgeSuggestHandler: MethodHandler {
    typealias Method = KnowledgeSuggest
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async -> Method.Result {
        let texts = services.index.complete(
            params.prefix,
            locale: params.locale ?? caller.locale,
            limit: params.limit ?? 10,
            visibility: caller.visibility,
            now: caller.now
        )
        return Method.Result(completions: texts.map(Method.Completion.init(text:)))
    }
}
