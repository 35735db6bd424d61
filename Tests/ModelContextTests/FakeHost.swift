import FrontlineProtocol
import JSONRPC
import ModelContext
import Synchronization
import Vocabulary

/// A handful of methods for one caller, and what was called.
final class FakeHost: ContextHost {
    /// What the methods that the caller may call answer; a method that is not there is refused.
    let answers: [String: @Sendable (JSON) throws -> JSON]
    private let log = Mutex<[(method: String, params: JSON)]>([])
    private let book: ToolBook
    private let isListed: @Sendable (String) -> Bool

    /// Creates methods; those named in `answers` are the ones that the caller may call.
    init(
        _ answers: [String: @Sendable (JSON) throws -> JSON] = [:],
        book: ToolBook = .builtIn,
        listing isListed: (@Sendable (String) -> Bool)? = nil
    ) {
        self.answers = answers
        self.book = book
        self.isListed = isListed ?? { answers[$0] != nil }
    }

    /// The calls that were made, without those of `tool.list`.
    var calls: [(method: String, params: JSON)] { log.withLock { $0.filter { $0.method != ToolList.name } } }

    func call(_ method: String, _ params: JSON) async throws -> JSON {
        log.withLock { $0.append((method, params)) }
        if method == ToolList.name {
            let name = try JSONDecoding.decode(ToolList.Params.self, from: params).name
            return try JSONEncoding.encode(ToolCatalog.list(book, named: name, isAllowed: isListed))
        }
        guard let answer = answers[method] else { throw RPCError(.forbidden, "\(method) needs another role") }
        return try answer(params)
    }
}

/// An article, a list of them, and a script.
enum Sample {
    static let article: JSON = [
        "article_id": "late delivery", "version": 3, "locale": "en", "status": "published", "audience": "agent",
        "restrict": [], "title": "Late delivery", "summary": "What to do.", "keywords": [], "asked": [], "tags": [],
        "sections": [
            ["kind": "issue", "html": "<p>Late.</p>", "text": "Late."],
            ["kind": "resolution", "title": "What to say", "html": "<p>Sorry.</p>", "text": "Sorry."],
        ],
        "source": "local", "updated_at": "2026-11-01T10:00:00Z", "sha256": "00",
    ]

    static let articles: JSON = [
        "articles": [
            [
                "article_id": "late delivery", "version": 3, "locale": "en", "title": "Late delivery",
                "status": "published", "updated_at": "2026-11-01T10:00:00Z", "uses": 2,
            ]
        ],
        "next_cursor": "17",
    ]

    static let script: JSON = [
        "script_id": "late-delivery", "version": 2, "sha256": "00", "source": "script: late-delivery\n", "graph": "",
        "title": "Late {{situation}} delivery", "tags": [],
    ]

    static let scripts: JSON = [
        "scripts": [
            [
                "script_id": "late-delivery", "version": 2, "title": "Late delivery", "tags": [],
                "examples": ["where is my parcel"],
            ]
        ]
    ]

    /// The methods of somebody who reads articles and scripts.
    static var reader: [String: @Sendable (JSON) throws -> JSON] {
        [
            "knowledge.get": { params in
                guard params["article_id"] == "late delivery", params["locale"] == "en" else {
                    throw RPCError(.notFound, "there is no such article")
                }
                return article
            },
            "knowledge.list": { _ in articles },
            "script.get": { params in
                guard params["script_id"] == "late-delivery" else { throw RPCError(.notFound, "no such script") }
                return script
            },
            "script.list": { _ in scripts },
        ]
    }
}

/// The `_meta` of a request in the newest revision.
let meta: JSON = [
    "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": [:],
]

extension ContextServer {
    /// Asks in a revision, with what it needs of a request.
    func ask(_ method: String, _ params: JSONObject = JSONObject(), in revision: ContextRevision) async -> JSON {
        var params = params
        if revision == .stateless { params["_meta"] = meta }
        let answer = await answer(ContextMessage(id: 7, method: method, params: params), in: revision)
        return answer.flatMap { try? JSON(parsing: $0.bytes) } ?? .null
    }
}
