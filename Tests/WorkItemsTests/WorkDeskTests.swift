import Access
import AuditTrail
import Policies
import Storage
import Testing
import Vocabulary
import WorkItems

@Suite struct WorkDeskTests {
    private static func fails(_ code: WorkError.Code, _ argument: String? = nil) -> (any Error) -> Bool {
        { error in
            guard let error = error as? WorkError else { return false }
            return error.code == code && (argument == nil || error.argument == argument)
        }
    }

    @Test func `a repeated request creates nothing, and its key fits no other request`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create(key: "k") { $0.title = "Call" }
        try await world.apply(.claim, to: item.id)
        let again = try await world.create(key: "k") { $0.title = "Call" }
        #expect(again.id == item.id && again.state == .claimed)
        await #expect(
            performing: { try await world.create(key: "k") { $0.title = "Write" } },
            throws: Self.fails(.conflict)
        )
        let other = try await world.create(by: WorkWorld.ben, key: "k") { $0.title = "Call" }
        #expect(other.id != item.id)
    }

    @Test func `nothing is created of what does not exist`() async throws {
        let world = try await WorkWorld()
        let wrong: [(String, (inout WorkRequest) -> Void)] = [
            ("kind", { $0.kind = "party" }), ("team", { $0.team = "nobody" }), ("owner", { $0.owner = "zoe" }),
            ("owner", { $0.owner = "carl" }), ("owner", { $0.owner = "rita" }),
            ("due.done", { $0.promised = [.done: 1] }),
        ]
        for (argument, change) in wrong {
            await #expect(
                performing: { try await world.create("callback", change) },
                throws: Self.fails(.invalid, argument)
            )
        }
        #expect(try await world.desk.head() == 0)
    }

    @Test func `without a policy the kind decides and says so`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        #expect(item.team == "service" && item.priority == .high)
        #expect(item.because == ["the kind decides: there is no policy “work”"])
    }

    @Test(
        arguments: [
            (#"{team: "billing", priority: "urgent", due: "PT2H"}"#, "billing", WorkPriority.urgent, 2.0, nil),
            ("null", "service", .high, 4, "the kind decides: the rules give no route"),
            (#"{team: "nobody", priority: null}"#, "service", .high, 4, "the kind decides: there is no team “nobody”"),
            (#"{priority: "now"}"#, "service", .high, 4, "the kind decides: there is no priority “now”"),
            (
                #"{due: "soon"}"#, "service", .high, 4,
                "the kind decides: due “soon” is neither a time to come nor a duration"
            ),
            (#"if open then {due: "2026-11-23T10:30:00Z"} else null"#, "service", .high, 1.5, nil),
            (#"{priority: if subject.type = "article" then "low" else "high"}"#, "service", .high, 4, nil),
        ] as [(String, String, WorkPriority, Double, String?)]
    )
    func `the policy routes`(
        route: String,
        team: String,
        priority: WorkPriority,
        hours: Double,
        reason: String?
    ) async throws {
        let world = try await WorkWorld()
        let model = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
            <inputData id="o" name="open"><variable name="open"/></inputData>
            <inputData id="s" name="subject"><variable name="subject"/></inputData>
            <decision id="a" name="route"><variable name="route"/>
            <informationRequirement id="r1"><requiredInput href="#o"/></informationRequirement>
            <informationRequirement id="r2"><requiredInput href="#s"/></informationRequirement>
            <literalExpression><text>\(route)</text></literalExpression></decision></definitions>
            """
        _ = try await world.policies.publish("work", source: model, by: "olga", now: world.now)
        let item = try await world.create()
        #expect(item.team == team && item.priority == priority)
        #expect(item.completion.dueAt == world.now + Int64(hours * 3_600_000_000))
        #expect(reason == nil || item.because.contains { $0.hasPrefix(reason ?? "") }, "\(item.because)")
        let named = try await world.create { ($0.team, $0.priority) = ("delivery", .low) }
        #expect(named.team == "delivery" && named.priority == .low)
    }

    @Test func `of several items each succeeds or fails by itself`() async throws {
        let world = try await WorkWorld()
        let mine = try await world.create()
        let bens = try await world.create()
        try await world.apply(.claim, to: bens.id, by: WorkWorld.ben)
        let billing = try await world.create("note", by: WorkWorld.carl)
        let ids = [mine.id, bens.id, billing.id, "wk-99", mine.id]
        let answers = try await world.desk.change(ids, .claim, by: WorkWorld.anna, now: world.now)
        let codes = answers.map { answer -> WorkError.Code? in
            if case .failure(let error) = answer.result { error.code } else { nil }
        }
        #expect(answers.map(\.id) == [mine.id, bens.id, billing.id, "wk-99"])
        #expect(codes == [nil, .conflict, .notFound, .notFound])
        #expect(try await world.item(mine.id).owner == "anna")
    }

    @Test func `a stale revision changes nothing and is told the current one`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        try await world.apply(.comment("hm"), to: item.id)
        let answers = try await world.desk.change([item.id], .claim, expecting: 1, by: WorkWorld.anna, now: world.now)
        guard case .failure(let error)? = answers.first?.result else {
            Issue.record("a stale revision was accepted")
            return
        }
        #expect(error.code == .conflict && error.currentRevision == 2)
        #expect(try await world.item(item.id).state == .open)
    }

    @Test func `auditors see everything and change nothing`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        #expect(try await world.desk.file(item.id, for: WorkWorld.rita).item.id == item.id)
        await #expect(
            performing: { try await world.apply(.claim, to: item.id, by: WorkWorld.rita) },
            throws: Self.fails(.forbidden)
        )
        await #expect(
            performing: { try await world.desk.file(item.id, for: WorkWorld.carl) },
            throws: Self.fails(.notFound)
        )
    }

    @Test func `nothing that people write is kept with personal data`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create {
            $0.title = "Call 4111 1111 1111 1111"
            $0.note = "or a@example.org"
        }
        try await world.apply(.comment("his card is 4111 1111 1111 1111"), to: item.id)
        try await world.apply(
            .complete(outcome: ["result": "reached", "words": "a@example.org"], note: nil),
            to: item.id
        )
        let file = try await world.desk.file(item.id, for: WorkWorld.anna)
        let texts = [file.item.title, file.item.outcome?["words"]].compactMap(\.self) + file.history.compactMap(\.text)
        #expect(texts.count == 4 && texts.allSatisfy { !$0.contains("4111") && !$0.contains("@") })
    }

    @Test func `an erasure takes the words and the customer, and ends what is live`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create(key: "anna.smith") {
            $0.title = "Call Mrs Smith"
            $0.note = "about her dishwasher"
            $0.links = WorkItem.Links(conversation: "c-1", customer: "K-1")
        }
        let other = try await world.create { $0.title = "Another" }
        let erased = try await world.store.write { [desk = world.desk, now = world.now] in
            try desk.erase(customer: "k-1", conversations: [], now: now, in: $0)
        }
        #expect(erased.ids == [item.id] && erased.counts["work_items"] == 1)
        let file = try await world.desk.file(item.id, for: WorkWorld.olga)
        #expect(file.item.title == nil && file.item.links.customer == nil && file.item.state == .cancelled)
        #expect(file.history.map(\.event) == [.created, .erased] && file.history.allSatisfy { $0.text == nil })
        let events = try await world.store.read { [desk = world.desk] in try desk.events(after: 0, limit: 10, in: $0) }
        #expect(events.map(\.cursor) == [1, 2, 3])
        #expect(events.filter { $0.item.id == item.id }.allSatisfy { $0.item.title == nil && $0.entry.text == nil })
        #expect(try await world.item(other.id).title == "Another")
        #expect(try await world.create(key: "anna.smith").id != item.id)
    }

    @Test func `the feed is numbered without gaps and tells who has lost an item`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        try await world.apply(.transfer(team: "billing", owner: "carl", note: nil), to: item.id)
        let events = try await world.store.read { [desk = world.desk] in try desk.events(after: 0, limit: 10, in: $0) }
        #expect(events.map(\.cursor) == [1, 2] && events.map(\.entry.event) == [.created, .transferred])
        let (ben, carl) = (WorkVisibility(of: WorkWorld.ben), WorkVisibility(of: WorkWorld.carl))
        #expect(events.map(ben.includes) == [true, true] && events.map(carl.includes) == [false, true])
        #expect(!ben.includes(events[1].item) && carl.includes(events[1].item))
    }

    @Test func `the audit log has every change`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        try await world.apply(.claim, to: item.id)
        try await world.apply(.claim, to: item.id)
        try await world.apply(.cancel(reason: "not needed"), to: item.id)
        let actions = try await world.store.read { transaction in
            try transaction.rows(
                "SELECT action FROM audit_entries WHERE target = $1 ORDER BY sequence",
                [.text(item.id)]
            ) {
                try $0.text("action")
            }
        }
        #expect(actions == ["work.create", "work.claim", "work.cancel"])
    }

    @Test func `the history of an item is bounded, and the clock is heard beyond`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        for number in 2...1_000 { try await world.apply(.comment("\(number)"), to: item.id) }
        await #expect(
            performing: { try await world.apply(.comment("more"), to: item.id) },
            throws: Self.fails(.conflict)
        )
        world.advance(hours: 1)
        #expect(try await world.desk.elapse(to: world.now) == 2)
    }
}
