import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// Releases during a freeze of the calendar.
///
/// The clock of a desk begins on 2026-11-18 at 11:06.
@Suite struct FreezeTests {
    private static let calendar = """
        time_zone: UTC
        hours: {mon-fri: 08:00-20:00}
        freezes:
          - {from: 2026-11-18, to: 2026-11-19, what: [policies, scripts, articles], reason: Black Friday}
        """
    private static let inDays: Int64 = 2 * 86_400

    private static func script(_ sentence: String) -> String {
        "script: hello\ntitle: Hello\nstart: greet\nsteps:\n"
            + "  greet: {say: \"\(sentence)\", next: done}\n  done: {end: resolved}\n"
    }

    private static func signals(_ word: String) -> String { "signals: [{kind: a, patterns: [\(word)]}]" }

    private let desk: Desk
    private let olga: InProcessServer.Connection

    init() async throws {
        desk = try Desk()
        olga = try await desk.connection("olga", [.admin])
        _ = try await olga.call(PolicyPublish.self, .init(name: "signals", source: Self.signals("i")))
        _ = try await olga.call(PolicyPublish.self, .init(name: "signals", source: Self.signals("we")))
        _ = try await olga.call(ScriptPublish.self, .init(source: Self.script("Hello.")))
        try await desk.importArticles(article("a", "A") + article("draft", "B", attributes: "status=\"draft\""))
        _ = try await olga.call(PolicyPublish.self, .init(name: "calendar", source: Self.calendar))
    }

    private func refusal(_ body: () async throws -> Void) async -> RPCError? {
        do {
            try await body()
        } catch {
            return error as? RPCError
        }
        return nil
    }

    private func overrides() async throws -> [String] {
        try await olga.call(AuditList.self, .init(action: "freeze.override")).entries.map(\.target)
    }

    @Test func `releases are conflicts that name the reason and the end`() async throws {
        let refusals = [
            await refusal {
                _ = try await olga.call(PolicyPublish.self, .init(name: "signals", source: Self.signals("they")))
            },
            await refusal { _ = try await olga.call(PolicyPublish.self, .init(name: "calendar", source: "x")) },
            await refusal { _ = try await olga.call(ScriptPublish.self, .init(source: Self.script("Hi."))) },
            await refusal {
                _ = try await olga.call(ScriptRollout.self, .init(scriptId: "hello", version: 1, percent: 10))
            },
            await refusal { _ = try await olga.call(KnowledgePublish.self, .init(articleId: "draft")) },
            await refusal { try await desk.importArticles(article("c", "C")) },
        ]
        for refusal in refusals {
            #expect(refusal?.code == RPCErrorDefinition.conflict.code)
            #expect(refusal?.message.hasSuffix("until 2026-11-20T00:00:00Z: Black Friday") == true)
            #expect(refusal?.path == "params.force")
        }
        #expect(try await overrides().isEmpty)
        desk.advance(seconds: Self.inDays)
        _ = try await olga.call(PolicyPublish.self, .init(name: "signals", source: Self.signals("they")))
        _ = try await olga.call(ScriptPublish.self, .init(source: Self.script("Hi.")))
        _ = try await olga.call(KnowledgePublish.self, .init(articleId: "draft"))
        #expect(try await overrides().isEmpty)
    }

    @Test func `what goes back or changes nothing is allowed`() async throws {
        _ = try await olga.call(PolicyPublish.self, .init(name: "signals", source: Self.signals("we")))
        _ = try await olga.call(ScriptPublish.self, .init(source: Self.script("Hello.")))
        _ = try await olga.call(PolicyRollback.self, .init(name: "signals", version: 1, reason: "wrong"))
        _ = try await olga.call(KnowledgeRetire.self, .init(articleId: "a", reason: "wrong"))
        _ = try await olga.call(KnowledgeRestore.self, .init(articleId: "a", version: 1, reason: "right again"))
        let draft = "<articles xmlns=\"urn:frontline:knowledge:1\">\(article("c", "C"))</articles>"
        _ = try await olga.call(KnowledgeImport.self, .init(xml: draft, dryRun: true))
        #expect(try await overrides().isEmpty)
    }

    @Test func `force overrides a freeze and is recorded`() async throws {
        let policy = PolicyPublish.Params(name: "signals", source: Self.signals("they"), note: "urgent", force: true)
        _ = try await olga.call(PolicyPublish.self, policy)
        _ = try await olga.call(ScriptPublish.self, .init(source: Self.script("Hi."), force: true))
        _ = try await olga.call(ScriptRollout.self, .init(scriptId: "hello", version: 2, percent: 10, force: true))
        _ = try await olga.call(KnowledgePublish.self, .init(articleId: "draft", force: true))
        #expect(try await overrides() == ["signals", "hello", "hello", "draft"])
        let entry = try await olga.call(AuditList.self, .init(action: "freeze.override")).entries.first
        #expect(entry?.details == "policies, frozen until 2026-11-20T00:00:00Z")
        #expect(entry?.text?.text == "urgent")
        // A share of nobody takes a version back.
        _ = try await olga.call(ScriptRollout.self, .init(scriptId: "hello", version: 2, percent: 0))
    }

    @Test func `the calendar in force is listed, compared and rolled back`() async throws {
        #expect(try await olga.call(PolicyList.self, .init()).policies.map(\.name) == ["calendar", "signals"])
        let changed = Self.calendar.replacing("20:00", with: "18:00")
        _ = try await olga.call(PolicyPublish.self, .init(name: "calendar", source: changed, force: true))
        let changes = try await olga.call(PolicyCompare.self, .init(name: "calendar", from: 1, to: 2)).changes
        #expect(changes == ["hours: mon-fri from “08:00-20:00” to “08:00-18:00”"])
        let back = PolicyRollback.Params(name: "calendar", version: 1, reason: "too short")
        #expect(try await olga.call(PolicyRollback.self, back).version == 1)
        #expect(try await olga.call(PolicyGet.self, .init(name: "calendar")).source == Self.calendar)
        let missing = await refusal {
            _ = try await olga.call(PolicyGet.self, .init(name: "calendar", version: 7))
        }
        #expect(missing?.code == RPCErrorDefinition.notFound.code)
    }

    @Test func `a calendar with mistakes is refused with their places`() async throws {
        let refusal = await refusal {
            let params = PolicyPublish.Params(name: "calendar", source: "time_zone: UTC\nhours: {}", force: true)
            _ = try await olga.call(PolicyPublish.self, params)
        }
        #expect(refusal?.code == -32_602 && refusal?.path == "params.source")
        #expect(
            refusal?.data?["details"]?.array?.compactMap(\.string)
                == ["calendar.yaml:2:8: “hours” has no hours at all, expected some"]
        )
    }
}
