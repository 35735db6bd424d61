import Access
import AuditTrail
import Conversations
import Customers
import Storage
import Synchronization
import Testing
import Vocabulary

@Suite struct LifeCycleTests {
    @Test func `a known conversation is answered and stays as it is`() async throws {
        let room = try Room()
        try await room.open("c", customer: "k1", now: 1)
        let again = try await room.open("c", customer: "k2", now: 2)
        #expect(again.customerID == "k1" && again.openedAt == 1 && again.number == 1)
        #expect(try await room.open("d").number == 2)
    }

    @Test func `another's conversation is not found, whatever is tried`() async throws {
        let room = try Room()
        try await room.open("c")
        let ben = Room.caller("ben")
        let conversations = room.conversations
        await #expect(performing: { try await room.open("c", by: ben) }, throws: isFailure(.notFound))
        await #expect(
            performing: { try await conversations.update("c", ProfileChange(locale: "de"), by: ben, now: 1) },
            throws: isFailure(.notFound)
        )
        await #expect(
            performing: { try await conversations.close("c", disposition: nil, by: ben, now: 1) },
            throws: isFailure(.notFound)
        )
        await #expect(
            performing: {
                try await conversations.transfer(
                    Transfer(conversationID: "c", agent: "ben", reason: "mine"),
                    by: ben,
                    now: 1
                )
            },
            throws: isFailure(.notFound)
        )
        #expect(performing: { try room.say("hello", in: "c", by: ben) }, throws: isFailure(.notFound))
    }

    @Test func `who may open a conversation for whom`() async throws {
        let room = try Room(teams: ["ben": ["billing"]])
        await #expect(
            performing: { try await room.open("c", agent: "ben") },
            throws: isFailure(.forbidden)
        )
        let opened = try await room.open("d", by: Room.caller("crm", [.integration]), agent: "ben")
        #expect(opened.agent == "ben" && opened.teams == ["billing"])
        #expect(try await room.open("e", by: Room.caller("crm", [.integration])).agent == nil)
        #expect(try await room.open("f", by: Room.caller("anna", team: "a", "b")).teams == ["a", "b"])
    }

    @Test func `a customer needs an id, and what else is known of it is redacted`() async throws {
        let room = try Room()
        func open(_ id: String, _ customer: JSONObject) async throws -> Conversation {
            let opening = Opening(id: id, channel: "chat", customer: customer)
            return try await room.conversations.open(opening, by: Room.caller("crm", [.integration]), now: 0)
        }
        await #expect(performing: { try await open("a", ["name": "Mia"]) }, throws: isFailure(.invalid))
        await #expect(performing: { try await open("a", ["id": 7]) }, throws: isFailure(.invalid))
        let customer: JSONObject = [
            "id": "k1", "name": "Mia", "contact": ["mail": "mia@example.org", "card": 4_111_111_111_111_111],
        ]
        let stored = try #require(try await open("b", customer).customer)
        #expect(stored["id"] == "k1" && stored["name"] == "Mia")
        let text = JSON.object(stored).description
        #expect(!text.contains("example.org") && !text.contains("4111"))
    }

    @Test func `numbers, names of members, tags and ids of others hold no card`() async throws {
        let room = try Room()
        let crm = Room.caller("crm", [.integration])
        let opening = Opening(
            id: "c",
            channel: "chat",
            customer: ["id": "k1", "4111111111111111": 1, "deep": [["card": 4.111111111111111e15]], "pin": 2_580],
            externalIDs: ["4111 1111 1111 1111": "5555555555554444", "crm": "7"],
            tags: ["vip 4111-1111-1111-1111"]
        )
        let opened = try await room.conversations.open(opening, by: crm, now: 0)
        #expect(opened.customer == ["id": "k1", "[card]": 1, "deep": [["card": "[card]"]], "pin": "[pin]"])
        #expect(opened.externalIDs == ["[card]": "[card]", "crm": "7"] && opened.tags == ["vip [card]"])
        let change = ProfileChange(
            customer: ["note": ["378282246310005": true]],
            externalIDs: ["pay": "378282246310005"]
        )
        let updated = try await room.conversations.update("c", change, by: crm, now: 1)
        #expect(updated.customer?["note"] == ["[card]": true] && updated.externalIDs["pay"] == "[card]")
    }

    @Test func `what is newly known is added, and a null takes away`() async throws {
        let room = try Room()
        let crm = Room.caller("crm", [.integration])
        try await room.open("c", by: crm, agent: "anna", customer: "k1")
        let change = ProfileChange(
            customer: ["name": nil, "tier": "gold"],
            locale: "de",
            tags: ["late"],
            externalIDs: ["crm": "7"]
        )
        let updated = try await room.conversations.update("c", change, by: crm, now: 3)
        #expect(updated.customer == ["id": "k1", "tier": "gold"])
        #expect(updated.locale == "de" && updated.tags == ["late"] && updated.externalIDs == ["crm": "7"])
        #expect(try room.conversation("c") == updated)
    }

    @Test func `what an agent says stands apart and changes nothing that a system said`() async throws {
        let room = try Room()
        let anna = Room.caller("anna")
        try await room.open("c", by: Room.caller("crm", [.integration]), agent: "anna", customer: "K-1")
        let words: JSONObject = ["id": "K-2", "name": "Max", "segment": "signature"]
        let told = try await room.conversations.update("c", ProfileChange(customer: words), by: anna, now: 3)
        #expect(told.customer == ["id": "K-1", "name": "Mia", "stated": .object(words)])
        let same = ProfileChange(customer: ["id": "k\u{2011}1 ", "name": nil, "segment": nil])
        let after = try await room.conversations.update("c", same, by: anna, now: 4)
        #expect(after.customer == ["id": "K-1", "name": "Mia"])
        #expect(try room.conversation("c")?.customerFacts.sources == ["id": .integration, "name": .integration])
    }

    @Test func `a system that opens what an agent has opened before says who the customer is`() async throws {
        let room = try Room()
        let crm = Room.caller("crm", [.integration])
        try await room.open("c", customer: "k1")
        let opening = Opening(id: "c", channel: "phone", customer: ["id": "K1", "segment": "new"])
        let known = try await room.conversations.open(opening, by: crm, now: 1)
        #expect(known.customer == ["id": "K1", "segment": "new", "stated": ["name": "Mia"]])
        #expect(try room.store.readNow { try room.conversations.conversationIDs(ofCustomer: "k1", in: $0) } == ["c"])
    }

    @Test(
        "a customer is found by every way to write the id",
        arguments: ["K-1", "k-1", " K-1", "K\u{2011}1", "K\u{2212}1", "\u{FF2B}-1", "K\u{200B}-1"]
    )
    func spellings(id: String) async throws {
        let room = try Room()
        let opened = try await room.open("c", customer: "K-1")
        #expect(opened.customerID == "K-1")
        let all = ConversationVisibility(of: Room.caller("audrey", [.auditor]))
        #expect(
            try await room.conversations.list(ConversationFilter(customerID: id), visibility: all).conversations.count
                == 1
        )
        #expect(try room.store.readNow { try room.conversations.conversationIDs(ofCustomer: id, in: $0) } == ["c"])
    }

    @Test func `another customer inherits nothing of the one before`() async throws {
        let room = try Room()
        let anna = Room.caller("anna")
        try await room.open("c", customer: "k1")
        try await room.conversations.update("c", ProfileChange(customer: ["segment": "signature"]), by: anna, now: 3)
        let other = try await room.conversations.update("c", ProfileChange(customer: ["id": "k2"]), by: anna, now: 4)
        #expect(other.customer == ["id": "k2"])
    }

    @Test func `a transfer tells both sides, and what follows happens in its transaction`() async throws {
        let follower = Follower()
        let room = try Room(following: follower.note, teams: ["ben": ["billing"]])
        let anna = Room.caller("anna", team: "delivery")
        try await room.open("c", by: anna)
        try room.say("this is a disgrace", in: "c", score: -0.9, by: anna)
        let transfer = Transfer(conversationID: "c", agent: "ben", reason: "billing", note: "mail mia@example.org")
        let after = try await room.conversations.transfer(transfer, by: anna, now: 5)
        #expect(after.agent == "ben" && after.teams == ["billing"] && follower.calls == ["transferred anna ben"])
        let event = try #require(try await room.conversations.events(after: 1, limit: 10).first)
        #expect(event.kind == .transferred && event.agents == ["ben", "anna"])
        #expect(event.teams == ["billing", "delivery"])
        #expect(event.data["to"]?["agent"] == "ben" && event.data["note"]?.string?.contains("example") == false)
        #expect(event.data["summary"]?.string?.contains("disgrace") == true)
        #expect(performing: { try room.say("hi", in: "c", by: anna) }, throws: isFailure(.notFound))
        try room.say("hi", in: "c", by: Room.caller("ben"))
    }

    @Test func `a conversation that waits for a team is taken by one of its agents`() async throws {
        let room = try Room()
        try await room.open("c")
        let transfer = Transfer(conversationID: "c", team: "billing", reason: "billing")
        try await room.conversations.transfer(transfer, by: Room.caller("anna"), now: 1)
        let ben = Room.caller("ben", team: "billing")
        let take = Transfer(conversationID: "c", agent: "ben", reason: "mine")
        await #expect(
            performing: {
                let carl = Room.caller("carl", team: "delivery")
                try await room.conversations.transfer(take, by: carl, now: 2)
            },
            throws: isFailure(.notFound)
        )
        #expect(try await room.conversations.transfer(take, by: ben, now: 2).agent == "ben")
        let conversation = try #require(try room.conversation("c"))
        let holdings = try room.store.readNow { try room.conversations.holdings(of: conversation, in: $0) }
        #expect(holdings.map(\.agent) == ["anna", nil, "ben"])
    }

    @Test func `nobody takes a conversation to a team that does not exist, or that is not the agent's`() async throws {
        let room = try Room(teams: ["ben": ["billing"], "dora": []], knownTeams: ["delivery", "billing"])
        let anna = Room.caller("anna", team: "delivery")
        try await room.open("c", by: anna)
        let refused: [(agent: String?, team: String)] = [
            ("anna", "shadow"), (nil, "shadow"), ("ben", "delivery"), ("dora", "billing"), ("ghost", "shadow"),
        ]
        for (agent, team) in refused {
            let transfer = Transfer(conversationID: "c", agent: agent, team: team, reason: "r")
            await #expect(
                performing: { try await room.conversations.transfer(transfer, by: anna, now: 1) },
                throws: { isFailure(.invalid)($0) && ($0 as? ConversationError)?.argument == "to.team" }
            )
        }
        #expect(try room.conversation("c")?.teams == ["delivery"])
        let sound = Transfer(conversationID: "c", agent: "ben", team: "billing", reason: "r")
        #expect(try await room.conversations.transfer(sound, by: anna, now: 1).teams == ["billing"])
    }

    @Test func `what fails to follow undoes the transfer`() async throws {
        let room = try Room(following: { _ in throw Refused() })
        try await room.open("c")
        let transfer = Transfer(conversationID: "c", agent: "ben", reason: "r")
        await #expect(throws: Refused.self) {
            try await room.conversations.transfer(transfer, by: Room.caller("anna"), now: 1)
        }
        #expect(try room.conversation("c")?.agent == "anna")
        #expect(try await room.conversations.head() == 0)
    }

    @Test func `a conversation is closed once, and again with the same words`() async throws {
        let follower = Follower()
        let room = try Room(following: follower.note)
        try await room.open("c")
        let disposition = Disposition(code: "refunded", resolved: true, note: "call +49 30 1234567")
        func close(_ disposition: Disposition?) async throws -> Conversation {
            try await room.conversations.close("c", disposition: disposition, by: Room.caller("anna"), now: 7)
        }
        let closed = try await close(disposition)
        #expect(closed.closedAt == 7 && closed.disposition?.note?.contains("1234567") == false)
        #expect(try await close(disposition) == closed)
        #expect(try await close(nil) == closed)
        await #expect(performing: { try await close(Disposition(code: "other")) }, throws: isFailure(.conflict))
        await #expect(
            performing: {
                let transfer = Transfer(conversationID: "c", agent: "ben", reason: "r")
                try await room.conversations.transfer(transfer, by: Room.caller("anna"), now: 8)
            },
            throws: isFailure(.conflict)
        )
        #expect(follower.calls == ["closed anna"])
        #expect(try await room.conversations.events(after: 0, limit: 10).map(\.kind) == [.closed])
    }

    @Test func `everything that changes a conversation stands in the audit log`() async throws {
        let room = try Room()
        let crm = Room.caller("crm", [.integration])
        let opening = Opening(id: "c", channel: "chat", onBehalfOf: "anna")
        #expect(try await room.conversations.open(opening, by: crm, now: 0).agent == "anna")
        try await room.conversations.close(
            "c",
            disposition: Disposition(code: "done"),
            by: crm,
            onBehalfOf: "anna",
            now: 1
        )
        let entries = try room.store.readNow { try AuditLog.entries(AuditFilter(limit: 10), in: $0) }
        #expect(entries.map(\.event.action) == ["conversation.open", "conversation.close"])
        #expect(entries.map(\.event.onBehalfOf) == ["anna", "anna"])
        #expect(entries.map(\.text?.text) == [nil, "done"] && entries.allSatisfy { $0.event.details == nil })
    }

    private final class Follower: Sendable {
        private let log = Mutex<[String]>([])
        var calls: [String] { log.withLock { $0 } }

        @Sendable func note(_ event: ConversationDomainEvent) {
            log.withLock { log in
                switch event {
                case .transferred(let conversation, let agent, _, _):
                    log.append("transferred \(agent ?? "-") \(conversation.agent ?? "-")")
                case .closed(_, let actor, _): log.append("closed \(actor)")
                }
            }
        }
    }

    private struct Refused: Error {}
}
