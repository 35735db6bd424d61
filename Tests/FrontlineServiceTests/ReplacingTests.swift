import Access
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import Testing

/// Turns that a recogniser revises: what is left is as if only the last wording had come.
@Suite struct ReplacingTests {
    private static let utterances = [
        "Where is my parcel?", "There is smoke coming out of the charger!", "I want to cancel my contract.",
        "I will call my lawyer.", "Thank you, that is very kind.", "This is the worst service I have ever had!",
        "I want to speak to your supervisor right now.", "Nobody ever calls me back, I am furious.",
        "My card is 4111 1111 1111 1111.", "It is fine, I am happy with that.", "The kettle is broken again.",
        "I promise that you get it tomorrow.", "Hello?", "Das ist eine Frechheit, ich kündige.",
    ]

    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private struct Turn {
        var id: String
        var speaker: ConversationSpeaker
        var text: String
        /// Seconds since the opening.
        let at: Int64
    }

    private static func source(_ file: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("rules/\(file)"), encoding: .utf8)
    }

    /// A desk with the sample signals and policy of alerts, and a conversation.
    private static func desk() async throws -> (desk: Desk, anna: InProcessServer.Connection, id: String) {
        let desk = try Desk()
        let olga = try await desk.connection("olga", [.operations])
        _ = try await olga.call(PolicyPublish.self, .init(name: "signals", source: source("signals.yaml")))
        _ = try await olga.call(PolicyPublish.self, .init(name: "alerts", source: source("alerts.dmn")))
        let anna = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        let opened = try await anna.call(ConversationOpen.self, .init(channel: "voice", customer: ["id": "k"]))
        return (desk, anna, opened.conversationId)
    }

    private static func alerts(_ shown: ConversationGet.Result) -> [String] {
        shown.alerts.map { alert in
            let parts = [alert["kind"], alert["severity"], alert["status"]].map { $0?.string ?? "" }
            return (parts + ["\(alert["count"]?.int ?? 0)"]).joined(separator: " ")
        }.sorted()
    }

    @Test(arguments: UInt64(1)...4)
    func `a conversation with replaced turns is one in which only the last wordings came`(seed: UInt64) async throws {
        var generator = Generator(state: seed)
        let (desk, anna, id) = try await Self.desk()
        var (turns, seconds): ([Turn], Int64) = ([], 0)
        for step in 0..<Int.random(in: 4...40, using: &generator) {
            let pause = Int64.random(in: 1...90, using: &generator)
            desk.advance(seconds: pause)
            seconds += pause
            let speaker: ConversationSpeaker = Bool.random(using: &generator) ? .customer : .agent
            let text = Self.utterances.randomElement(using: &generator) ?? ""
            var replaced: Int?
            if !turns.isEmpty, Int.random(in: 0..<3, using: &generator) == 0 {
                replaced = turns.indices.suffix(12).randomElement(using: &generator)
            }
            let turn = Turn(id: "t\(step)", speaker: speaker, text: text, at: replaced.map { turns[$0].at } ?? seconds)
            let params = ConversationObserve.Params(
                conversationId: id,
                speaker: speaker,
                text: text,
                turnId: turn.id,
                replaces: replaced.map { turns[$0].id }
            )
            let answer = try await anna.call(ConversationObserve.self, params)
            #expect(answer.turn == (replaced ?? turns.count) + 1)
            #expect(try await anna.call(ConversationObserve.self, params) == answer)
            if let replaced { turns[replaced] = turn } else { turns.append(turn) }
        }
        let (other, ben, scratch) = try await Self.desk()
        var clock: Int64 = 0
        for turn in turns {
            other.advance(seconds: turn.at - clock)
            clock = turn.at
            let params = ConversationObserve.Params(conversationId: scratch, speaker: turn.speaker, text: turn.text)
            _ = try await ben.call(ConversationObserve.self, params)
        }
        other.advance(seconds: seconds - clock)
        for round in 0..<2 {
            let replaced = try await anna.call(ConversationGet.self, .init(conversationId: id))
            let fresh = try await ben.call(ConversationGet.self, .init(conversationId: scratch))
            #expect(replaced.turns.map(\.text) == fresh.turns.map(\.text))
            #expect(replaced.mood == fresh.mood && replaced.summary == fresh.summary)
            #expect(Self.alerts(replaced) == Self.alerts(fresh), "seed \(seed)")
            guard round == 0 else { break }
            // What comes next is judged alike too: the course of both conversations is the same.
            for text in ["There is smoke, I call my lawyer, I cancel my contract!", "Hm."] {
                let left = ConversationObserve.Params(conversationId: id, speaker: .customer, text: text)
                let right = ConversationObserve.Params(conversationId: scratch, speaker: .customer, text: text)
                let (one, two) = try await (
                    anna.call(ConversationObserve.self, left), ben.call(ConversationObserve.self, right)
                )
                #expect(one.mood == two.mood && one.signals == two.signals && one.alerts.count == two.alerts.count)
            }
        }
    }

    @Test func `an alert that rests on misheard words is withdrawn, and one that was missed is raised`() async throws {
        let (desk, anna, id) = try await Self.desk()
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("delivery")])
        _ = try await sue.call(AlertsSubscribe.self, .init())
        let smoke = ConversationObserve.Params(
            conversationId: id,
            speaker: .customer,
            text: "There is smoke coming out of the charger!",
            turnId: "a"
        )
        let raised = try await anna.call(ConversationObserve.self, smoke).alerts
        #expect(!raised.isEmpty)
        var calm = ConversationObserve.Params(
            conversationId: id,
            speaker: .customer,
            text: "There is a spoke coming out of the wheel.",
            turnId: "b",
            replaces: "a"
        )
        let answer = try await anna.call(ConversationObserve.self, calm)
        #expect(answer.turn == 1 && answer.replaces == "a" && answer.alerts.isEmpty && answer.signals.isEmpty)
        #expect(try await sue.call(AlertsList.self, .init()).alerts.isEmpty)
        #expect(try await sue.call(AlertsGet.self, .init(alertId: raised[0])).status == .expired)
        try await desk.server.pump()
        let told = sue.notifications().compactMap { $0["params"]?["event"]?.string }
        #expect(told.first == "raised" && told.last == "expired")
        (calm.text, calm.turnId, calm.replaces) = (smoke.text, "c", "b")
        #expect(try await anna.call(ConversationObserve.self, calm).alerts.count == raised.count)
        #expect(try await sue.call(AlertsList.self, .init(status: .open)).alerts.count == raised.count)
    }

    @Test func `what somebody resolved stays, and what was replaced is given out and erased with the customer`()
        async throws
    {
        let (desk, anna, id) = try await Self.desk()
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("delivery")])
        let smoke = ConversationObserve.Params(
            conversationId: id,
            speaker: .customer,
            text: "There is smoke coming out of the charger!",
            turnId: "a"
        )
        let raised = try await anna.call(ConversationObserve.self, smoke).alerts
        _ = try await sue.call(AlertsResolve.self, .init(alertIds: raised, outcome: .helped))
        let calm = ConversationObserve.Params(
            conversationId: id,
            speaker: .customer,
            text: "Everything is fine.",
            turnId: "b",
            replaces: "a"
        )
        _ = try await anna.call(ConversationObserve.self, calm)
        let listed = try await sue.call(AlertsList.self, .init()).alerts
        #expect(listed.map(\.alertId) == raised && listed.allSatisfy { $0.outcome == .helped && $0.withdrawn == nil })
        let root = try await desk.connection("root", [.admin])
        let export = try await root.call(CustomerExport.self, .init(customerId: "k"))
        #expect(export.data["conversations"]?[0]?["replaced"]?[0]?.string?.contains("smoke") == true)
        _ = try await root.call(CustomerErase.self, .init(customerId: "k", reason: "asked"))
        let left = try desk.folder.store.readNow { transaction in
            try ["turns", "turn_replacements", "alert_states"].map { table in
                try transaction.first("SELECT COUNT(*) AS count FROM \(table)") { try $0.integer("count") } ?? -1
            }
        }
        #expect(left == [0, 0, 0])
    }

    @Test func `a turn is replaced once, by its name, while the contact goes on`() async throws {
        let (_, anna, id) = try await Self.desk()
        func say(_ text: String, _ turn: String?, replaces: String? = nil) async throws -> ConversationObserve.Result {
            try await anna.call(
                ConversationObserve.self,
                .init(conversationId: id, speaker: .customer, text: text, turnId: turn, replaces: replaces)
            )
        }
        func fails(_ code: Int, _ path: String) -> (any Error) -> Bool {
            { ($0 as? RPCError)?.code == code && ($0 as? RPCError)?.path == path }
        }
        let first = try await say("one", "a")
        _ = try await say("won", "b", replaces: "a")
        #expect(try await say("one", "a") == first)
        await #expect(
            performing: { _ = try await say("x", "c", replaces: "a") },
            throws: fails(1004, "params.replaces")
        )
        await #expect(
            performing: { _ = try await say("x", "c", replaces: "z") },
            throws: fails(1003, "params.replaces")
        )
        await #expect(performing: { _ = try await say("x", "a", replaces: "b") }, throws: fails(1004, "params.turn_id"))
        let again = try await say("one more", "b", replaces: "b")
        #expect(try await say("one more", "b", replaces: "b") == again)
        _ = try await say("nameless", nil, replaces: "b")
        let shown = try await anna.call(ConversationGet.self, .init(conversationId: id))
        #expect(shown.turns.map(\.text) == ["nameless"] && shown.turns.first?.turnId == "b")
        _ = try await anna.call(ConversationClose.self, .init(conversationId: id))
        await #expect(
            performing: { _ = try await say("late", "d", replaces: "b") },
            throws: fails(1004, "params.conversation_id")
        )
    }

    @Test func `what an e-mail quotes is kept and moves nothing`() async throws {
        let (_, anna, _) = try await Self.desk()
        let opened = try await anna.call(ConversationOpen.self, .init(channel: "email"))
        let text = """
            Thank you, that is very kind.

            On Mon, 5 Jan 2026 at 10:00, Anna <anna@example.com>
            wrote:
            > This is the worst service, I call my lawyer!
            """
        let answer = try await anna.call(
            ConversationObserve.self,
            .init(conversationId: opened.conversationId, speaker: .customer, text: text)
        )
        #expect((answer.sentiment.score ?? 0) > 0 && answer.signals.isEmpty && answer.alerts.isEmpty)
        let shown = try await anna.call(ConversationGet.self, .init(conversationId: opened.conversationId))
        #expect(shown.turns.first?.text.contains("worst service") == true)
        #expect(shown.summary?.contains("worst") == false)
        let quoted = try await anna.call(
            ConversationObserve.self,
            .init(conversationId: opened.conversationId, speaker: .customer, text: "> I call my lawyer!")
        )
        #expect(quoted.sentiment.status == .unsupported && quoted.signals.isEmpty && quoted.mood == answer.mood)
    }
}
