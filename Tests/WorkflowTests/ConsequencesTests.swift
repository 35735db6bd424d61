import Access
import Alerts
import AuditTrail
import Conversations
import Resolution
import Scripting
import Storage
import Testing
import Vocabulary
import Workflow

/// What a transaction of one capability sets off in the others.
@Suite struct ConsequencesTests {
    private static let refund = """
        script: refund
        title: Refund
        start: settle
        steps:
          settle:
            resolve: {action: '"refund"', amount: 10, currency: '"EUR"', reason: '"late"'}
            as: settlement
            approved: pay
            denied: sorry
            rejected: sorry
          pay: {say: "It is on its way.", next: done}
          sorry: {say: "I cannot do that.", next: done}
          done: {end: resolved}
        """
    private static let callingScript = """
        script: call
        title: Call
        start: desk
        steps:
          desk: {escalate: supervisor, say: "One moment.", next: done}
          done: {end: resolved}
        """

    @Test func `a request that waits calls approvers, its decision ends the call, and its conversation hears of both`()
        async throws
    {
        let house = try House()
        try await house.openConversation()
        let grant = try await house.request(conversation: "c")
        #expect(grant.status == .pending)
        #expect(try house.alertLog() == ["approval raised"])
        _ = try await house.consequences.authority.approve(grant.id, by: House.lena, now: 20)
        #expect(try house.alertLog() == ["approval raised", "approval resolved"])
        #expect(try await house.told() == [.resolution, .resolution])
        #expect(house.outlet.committed == ["pending", "approved"])
    }

    @Test func `the same request again sets off nothing`() async throws {
        let house = try House()
        let first = try await house.request()
        #expect(try await house.request().id == first.id)
        #expect(try house.alertLog() == ["approval raised"] && house.outlet.committed == ["pending"])
    }

    @Test func `what cannot be told undoes the transaction, and nothing follows`() async throws {
        let house = try House()
        try await house.openConversation()
        house.outlet.fail(true)
        await #expect(throws: Outlet.Failure.self) { try await house.request(conversation: "c") }
        #expect(try house.alertLog() == [] && house.outlet.committed == [])
        house.outlet.fail(false)
        #expect(try await house.request(conversation: "c").status == .pending)
    }

    @Test func `what fails after the commit is reported and does not fail the call`() async throws {
        let house = try House()
        house.outlet.fail(true)
        #expect(try await house.request().status == .pending)
        #expect(house.outlet.reports == 1)
    }

    @Test func `a decision wakes the script that waits for it`() async throws {
        let house = try House()
        try await house.catalog.publish(Self.refund, by: "olga", now: 1)
        let start = SessionStart(scriptID: "refund", sessionID: "s")
        let waiting = try await house.consequences.scripts.start(start, for: House.anna, now: 10)
        let resolution = try #require(waiting.view.step?.resolutionID)
        _ = try await house.consequences.authority.approve(resolution, by: House.lena, now: 20)
        let events = try house.store.readNow { transaction in
            try transaction.rows("SELECT event FROM script_events WHERE session_id = 's' ORDER BY number") {
                try $0.text("event")
            }
        }
        #expect(events.last?.contains("resolution") == true)
        #expect(try await house.consequences.scripts.state("s", for: House.anna, now: 30).view.step?.id == "pay")
    }

    @Test func `a step that calls a supervisor raises an alert before its conversation hears of the step`() async throws
    {
        let house = try House()
        try await house.openConversation()
        try await house.catalog.publish(Self.callingScript, by: "olga", now: 1)
        let start = SessionStart(scriptID: "call", sessionID: "s", conversationID: "c")
        try await house.consequences.scripts.start(start, for: House.anna, now: 10)
        #expect(try house.alertLog() == ["escalation raised"])
        #expect(try await house.told() == [.script])
    }

    @Test func `alerts and sessions go with their conversation, and alerts end with it`() async throws {
        let house = try House()
        try await house.openConversation()
        try await house.catalog.publish(Self.callingScript, by: "olga", now: 1)
        let start = SessionStart(scriptID: "call", sessionID: "s", conversationID: "c")
        try await house.consequences.scripts.start(start, for: House.anna, now: 10)
        let transfer = Transfer(conversationID: "c", agent: "ben", reason: "returns")
        try await house.consequences.conversations.transfer(transfer, by: House.anna, now: 20)
        #expect(try house.alertLog() == ["escalation raised", "escalation updated"])
        #expect(try await house.told() == [.script, .transferred, .script])
        let ben = Principal(subject: "ben", roles: [.agent], attributes: ["team": .one("returns")])
        #expect(try await house.consequences.scripts.state("s", for: ben, now: 30).agent == "ben")
        try await house.consequences.conversations.close("c", disposition: nil, by: ben, now: 40)
        #expect(try house.alertLog().last == "escalation expired")
    }

    @Test func `what is asked for and answered in a conversation is told there`() async throws {
        let house = try House()
        try await house.openConversation()
        let raised = try await house.consequences.alertTransactions.write { transaction in
            try house.alerts.help(
                "help",
                in: "c",
                note: "Please.",
                directory: OneContact(),
                by: House.anna,
                now: 10,
                in: transaction
            )
        }
        _ = try await house.consequences.alertTransactions.write { transaction in
            try house.alerts.reply(
                to: raised.id,
                "Offer the voucher.",
                directory: OneContact(),
                by: House.lena,
                now: 20,
                in: transaction
            )
        }
        #expect(try await house.told() == [.alert, .reply])
    }

    /// The conversation of these tests.
    private struct OneContact: ContactDirectory {
        func contact(_ conversationID: String, in transaction: some SQLReading) throws -> Contact? {
            Contact(conversationID: conversationID, isOpen: true, agent: "anna", teams: ["billing"])
        }
    }
}
