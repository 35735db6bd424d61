import FrontlineProtocol
import JSONRPC
import Vocabulary

extension ContextServer {
    private static var pageSize: Int { 50 }
    private static var articleType: String { "text/markdown" }
    private static var scriptType: String { "application/yaml" }

    /// The articles that the caller may see and that are in force, page by page.
    func listResources(_ message: ContextMessage, _ revision: ContextRevision) async throws -> JSONObject {
        var params: JSONObject = [
            "status": .string(ArticleStatus.published.rawValue), "limit": .number(JSONNumber(Self.pageSize)),
        ]
        params["cursor"] = try Self.cursor(message).map(JSON.string)
        guard let answer = try await visible({ try await host.call(KnowledgeList.name, .object(params)) }) else {
            return Self.cacheable(["resources": []], in: revision, for: .seconds(10))
        }
        let page = try JSONDecoding.decode(
            KnowledgeList.Result.self,
            from: answer,
            root: "result",
            refusingUnknownMembers: false
        )
        var result: JSONObject = ["resources": .array(page.articles.map(Self.resource))]
        result["nextCursor"] = page.nextCursor.map { .string($0.description) }
        return Self.cacheable(result, in: revision, for: .seconds(10))
    }

    private static func resource(_ article: KnowledgeList.Article) -> JSON {
        [
            "uri": .string(ContextAddress.article(id: article.articleId, locale: article.locale).text),
            "name": .string(article.articleId), "title": .string(article.title), "mimeType": .string(articleType),
            "annotations": ["lastModified": .string(article.updatedAt.description)],
        ]
    }

    /// How resources are addressed.
    func listTemplates(_ message: ContextMessage, _ revision: ContextRevision) throws -> JSONObject {
        try Self.checkOnlyPage(message)
        let templates: JSON = [
            [
                "uriTemplate": .string(ContextAddress.templates.article), "name": "article", "title": "Article",
                "description": "An article of the knowledge base, in a language such as en",
                "mimeType": .string(Self.articleType),
            ],
            [
                "uriTemplate": .string(ContextAddress.templates.script), "name": "script", "title": "Script",
                "description": "The source of a script, with its steps", "mimeType": .string(Self.scriptType),
            ],
        ]
        return Self.cacheable(["resourceTemplates": templates], in: revision, for: .minutes(60))
    }

    /// The text of an article, or the source of a script.
    ///
    /// What does not exist and what the caller may not see are the same failure.
    func readResource(_ message: ContextMessage, _ revision: ContextRevision) async throws -> JSONObject {
        try Self.checkIsFirst(message)
        let uri = try Self.text("uri", of: message)
        let missing = ContextFailure(
            code: revision == .handshake
                ? ContextFailure.Code.resourceNotFound : RPCErrorDefinition.invalidParams.code,
            "Resource not found",
            data: ["uri": .string(String(uri.prefix(500)))]
        )
        guard let address = ContextAddress(uri) else { throw missing }
        guard let content = try await visible({ try await content(of: address) }) else { throw missing }
        return Self.cacheable(["contents": [content]], in: revision, for: .seconds(10))
    }

    /// A resource with its text.
    func content(of address: ContextAddress) async throws -> JSON {
        switch address {
        case .article(let id, let locale):
            let article = try await host.call(KnowledgeGet.self, .init(articleId: id, locale: locale))
            return Self.content(address, Self.articleType, ArticleText.text(of: article))
        case .script(let id):
            return Self.content(.script(id: id), Self.scriptType, try await script(id).source)
        }
    }

    static func content(_ address: ContextAddress, _ type: String, _ text: String) -> JSON {
        ["uri": .string(address.text), "mimeType": .string(type), "text": .string(text)]
    }

    /// A script in the version in force for the caller.
    func script(_ id: String) async throws -> ScriptGet.Result {
        try await host.call(ScriptGet.self, .init(scriptId: id))
    }

    /// The script as a part of a prompt.
    static func embedded(_ script: ScriptGet.Result) -> JSON {
        ["type": "resource", "resource": content(.script(id: script.scriptId), scriptType, script.source)]
    }

    /// What a method answers; nil for what does not exist or is not for the caller.
    func visible<T>(_ body: () async throws -> T) async throws -> T? {
        do {
            return try await body()
        } catch let error as RPCError
            where error.code == RPCErrorDefinition.notFound.code || error.code == RPCErrorDefinition.forbidden.code
        {
            return nil
        }
    }
}
