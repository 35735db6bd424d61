import Access
import FrontlineProtocol
import FrontlineService
import Testing
import Vocabulary

/// No method reveals anything about an article to a caller who may not see it.
@Suite struct AccessPropertyTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private struct Secret {
        let id: String
        let word: String
        let audience: String
        let restriction: [String]
        let status: String

        /// The slow, obvious rule of who may search it.
        func isSearchable(by roles: Set<Role>, _ attributes: [String: AttributeValue]) -> Bool {
            let isKeeper = !roles.isDisjoint(with: [.admin, .knowledgeManager])
            let isSenior = isKeeper || !roles.isDisjoint(with: [.supervisor, .operations, .auditor])
            guard status == "published" else { return false }
            if audience == "supervisor", !isSenior { return false }
            if audience == "knowledge_manager", !isKeeper { return false }
            return isKeeper
                || restriction.allSatisfy { condition in
                    let parts = condition.split(separator: ":")
                    return attributes[String(parts[0])]?.strings.contains(String(parts[1])) ?? false
                }
        }
    }

    private static func secrets(_ generator: inout Generator) -> [Secret] {
        (0..<60).map { number in
            let letters = (0..<9).map { _ in "bcdfghklmnprstvz".randomElement(using: &generator) ?? "b" }
            return Secret(
                id: "s\(number)",
                word: String(letters),
                audience: ["agent", "agent", "supervisor", "knowledge_manager"].randomElement(using: &generator)
                    ?? "agent",
                restriction: ["team:vip", "tier:2", "site:galway"].filter { _ in
                    Int.random(in: 0..<4, using: &generator) == 0
                },
                status: ["published", "published", "published", "draft", "retired"].randomElement(using: &generator)
                    ?? "draft"
            )
        }
    }

    private static func desk(_ secrets: [Secret]) async throws -> Desk {
        let desk = try Desk(encoder: TinyEncoder.make())
        let xml = secrets.map { secret in
            let restrict =
                secret.restriction.isEmpty ? "" : " restrict=\"\(secret.restriction.joined(separator: " "))\""
            return """
                <article id="\(secret.id)" audience="\(secret.audience)" status="\(secret.status)"\(restrict)>\
                <title>About \(secret.word)</title><keywords><keyword>\(secret.word)</keyword></keywords>\
                <section kind="body"><p>Common words and \(secret.word) once more.</p></section></article>
                """
        }
        try await desk.importArticles(xml.joined())
        try await desk.server.embed()
        return desk
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `hits, completions, corrections, lists and single articles never leak`(seed: UInt64) async throws {
        var generator = Generator(state: seed)
        let secrets = Self.secrets(&generator)
        let desk = try await Self.desk(secrets)
        let roles: [Set<Role>] = [
            [.agent], [.supervisor], [.operations], [.auditor], [.integration], [.knowledgeManager],
        ]
        let values: [[String: AttributeValue]] = [
            [:], ["team": .one("vip")], ["team": .many(["vip", "north"]), "tier": .one("2")], ["site": .one("galway")],
        ]
        for role in roles {
            let attributes = values.randomElement(using: &generator) ?? [:]
            let caller = try await desk.connection("someone", role, attributes)
            for secret in secrets {
                try await check(secret, caller, isSearchable: secret.isSearchable(by: role, attributes))
            }
            let expected = Set(secrets.filter { $0.isSearchable(by: role, attributes) }.map(\.id))
            for mode in SearchMode.allCases {
                let params = KnowledgeSearch.Params(query: "common words", limit: 100, mode: mode)
                let all = try await caller.call(KnowledgeSearch.self, params)
                let found = Set(all.hits.map(\.articleId))
                #expect(mode == .meaning ? found.isSubset(of: expected) && !found.isEmpty : found == expected)
            }
        }
    }

    private func check(
        _ secret: Secret,
        _ caller: InProcessServer.Connection,
        isSearchable: Bool
    ) async throws {
        let found = try await caller.call(KnowledgeSearch.self, .init(query: secret.word))
        #expect(found.hits.contains { $0.articleId == secret.id } == isSearchable)
        guard !isSearchable else { return }
        let misspelt = secret.word.prefix(4) + "x" + secret.word.dropFirst(5)
        for query in [secret.word, String(misspelt), String(secret.word.dropLast(2)), "about \(misspelt)"] {
            for (prefix, mode) in [(false, SearchMode.hybrid), (true, .hybrid), (false, .words), (false, .meaning)] {
                let answer = try await caller.call(
                    "knowledge.search",
                    [
                        "query": .string(query), "prefix": .bool(prefix), "mode": .string(mode.rawValue),
                        "limit": 100, "explain": true,
                    ]
                )
                var told = answer.object ?? JSONObject()
                told["query_id"] = nil
                let text = String(decoding: JSON.object(told).serialized(), as: UTF8.self)
                #expect(!text.contains("\"\(secret.id)\""), "\(query)")
                if query != secret.word { #expect(!text.contains(secret.word), "\(query)") }
            }
            let completions = try await caller.call(KnowledgeSuggest.self, .init(prefix: String(query.prefix(3))))
            #expect(!completions.completions.contains { $0.text.contains(secret.word) })
        }
    }
}
