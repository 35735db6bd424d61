import Access
import Conversations
import FrontlineProtocol
import FrontlineService
import Storage
import Vocabulary

extension DialectTests {
    /// Calls every method of conversations at least once.
    func callConversations(_ desk: Desk, admin: InProcessServer.Connection) async throws {
        let agent = try await desk.connection("anita", [.agent], ["team": .one("delivery")])
        let leader = try await desk.connection("lena", [.supervisor], ["team": .one("delivery")])
        try await desk.openContact("c", agent: "anita", customer: ["id": "k"], externalIDs: ["crm": "7"])
        _ = try await agent.call(ConversationOpen.self, .init(conversationId: "own", channel: "chat"))
        let prepared = try PreparedTurn(TurnDraft(conversationID: "c", speaker: .customer, text: "late", turnID: "t"))
        let principal = Principal(subject: "crm", roles: [.integration])
        let conversations = desk.folder.conversations
        try desk.folder.store.writeNow { transaction in
            guard case .fresh(let turn) = try conversations.begin(prepared, by: principal, now: 0, in: transaction)
            else { return }
            try conversations.finish(turn.scored(-0.5), answer: [:], now: 0, in: transaction)
            let draft = TurnDraft(conversationID: "c", speaker: .customer, text: "early", turnID: "u", replaces: "t")
            guard
                case .revised(let revised) = try conversations.begin(
                    PreparedTurn(draft),
                    by: principal,
                    now: 0,
                    in: transaction
                )
            else { return }
            var replay = TurnReplay(revised, score: 0)
            for step in revised.steps { replay.add(replay.step(step), words: step.text) }
            _ = try conversations.finish(replay, answer: [:], now: 0, in: transaction)
            _ = try conversations.recentTurns(of: "c", limit: 1, in: transaction)
        }
        _ = try await agent.call(ConversationUpdate.self, .init(conversationId: "c", locale: "de"))
        for connection in [agent, leader] {
            let list = ConversationList.Params(
                agent: "anita",
                team: "delivery",
                customerId: "k",
                externalId: "7",
                status: .open,
                since: Timestamp(microseconds: 0),
                cursor: Cursor(0)
            )
            _ = try await connection.call(ConversationList.self, list)
            _ = try await connection.call(ConversationGet.self, .init(conversationId: "c"))
            _ = try await connection.call(ConversationSubscribe.self, .init(after: "0"))
        }
        try await desk.server.pump()
        let transfer = ConversationTransfer.Params(conversationId: "c", to: .init(agent: "ben"), reason: "r", note: "n")
        _ = try await admin.call(ConversationTransfer.self, transfer)
        _ = try await admin.call(ConversationClose.self, .init(conversationId: "c", disposition: .init(code: "done")))
        _ = try await conversations.oldestCursor()
        _ = try await admin.call(
            ReportSummary.self,
            .init(from: Timestamp(microseconds: 0), to: Timestamp(microseconds: 1_000_000), groupBy: .team)
        )
        _ = try await admin.call(CustomerExport.self, .init(customerId: "k"))
        _ = try await admin.call(CustomerErase.self, .init(customerId: "k", reason: "asked"))
        _ = try await desk.server.deleteTranscripts(olderThanDays: 0)
    }
}
