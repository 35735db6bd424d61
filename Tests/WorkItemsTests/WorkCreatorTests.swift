import Access
import Storage
import Testing
import Vocabulary
import WorkItems

/// What whoever created an item sees of it and does with it, whichever team has it.
@Suite struct WorkCreatorTests {
    private static func code(_ body: () async throws -> Void) async -> WorkError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? WorkError)?.code
        }
    }

    @Test func `an item that the rules gave to another team is seen by its creator`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create("note")
        #expect(item.team == "billing" && item.createdBy == "anna")
        #expect(try await world.desk.file(item.id, for: WorkWorld.anna).item.id == item.id)
        #expect(try await world.desk.list(WorkFilter(), for: WorkWorld.anna).items.map(\.id) == [item.id])
        #expect(await Self.code { _ = try await world.desk.file(item.id, for: WorkWorld.ben) } == .notFound)
        #expect(try await world.desk.list(WorkFilter(), for: WorkWorld.ben).items.isEmpty)
    }

    @Test func `a list of what somebody created has what the reader may see of it`() async throws {
        let world = try await WorkWorld()
        let far = try await world.create("note")
        let near = try await world.create("callback")
        try await world.create("callback", by: WorkWorld.ben)
        var filter = WorkFilter()
        filter.creator = "anna"
        let seen = { (principal: Principal) in
            try await world.desk.list(filter, for: principal).items.map(\.id)
        }
        #expect(try await seen(WorkWorld.anna) == [far.id, near.id])
        #expect(try await seen(WorkWorld.ben) == [near.id])
        #expect(try await seen(WorkWorld.carl) == [far.id])
        #expect(try await seen(WorkWorld.rita) == [far.id, near.id])
        try await world.apply(.transfer(team: "delivery", owner: nil, note: nil), to: near.id)
        #expect(try await seen(WorkWorld.ben).isEmpty)
        #expect(try await seen(WorkWorld.anna) == [far.id, near.id])
    }

    @Test func `the creator hears of an item for as long as it lives`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create("note")
        try await world.apply(.claim, to: item.id, by: WorkWorld.carl)
        try await world.apply(.transfer(team: "delivery", owner: nil, note: nil), to: item.id, by: WorkWorld.carl)
        try await world.apply(.cancel(reason: "gone"), to: item.id, by: WorkWorld.olga)
        let events = try await world.store.read { [desk = world.desk] in try desk.events(after: 0, limit: 10, in: $0) }
        #expect(events.map(WorkVisibility(of: WorkWorld.anna).includes) == [true, true, true, true])
        #expect(events.map(WorkVisibility(of: WorkWorld.ben).includes) == [false, false, false, false])
        #expect(events.map(WorkVisibility(of: WorkWorld.carl).includes) == [true, true, true, false])
    }

    @Test func `the creator comments on what another team has, and does nothing else with it`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create("note")
        let refused: [WorkCommand] = [
            .claim, .release(note: nil), .transfer(team: "service", owner: nil, note: nil),
            .wait(until: nil, note: nil), .resume(note: nil), .complete(outcome: [:], note: nil),
        ]
        for command in refused {
            #expect(await Self.code { try await world.apply(command, to: item.id) } == .forbidden, "\(command)")
        }
        try await world.apply(.comment("please hurry"), to: item.id)
        try await world.apply(.complete(outcome: [:], note: nil), to: item.id, by: WorkWorld.carl)
        try await world.apply(.comment("thanks"), to: item.id)
        #expect(try await world.history(item.id) == [.created, .commented, .completed, .commented])
        #expect(await Self.code { try await world.apply(.comment("x"), to: item.id, by: WorkWorld.ben) } == .notFound)
    }

    @Test func `the creator cancels until somebody has claimed it, also what is meant for somebody`() async throws {
        let world = try await WorkWorld()
        let open = try await world.create("note") { $0.owner = "carl" }
        try await world.apply(.cancel(reason: "double"), to: open.id)
        #expect(try await world.item(open.id).state == .cancelled)
        try await world.apply(.cancel(reason: "double"), to: open.id)
        let claimed = try await world.create("note")
        try await world.apply(.claim, to: claimed.id, by: WorkWorld.carl)
        #expect(await Self.code { try await world.apply(.cancel(reason: "double"), to: claimed.id) } == .conflict)
        try await world.apply(.wait(until: nil, note: nil), to: claimed.id, by: WorkWorld.carl)
        #expect(await Self.code { try await world.apply(.cancel(reason: "double"), to: claimed.id) } == .conflict)
        try await world.apply(.release(note: nil), to: claimed.id, by: WorkWorld.carl)
        try await world.apply(.cancel(reason: "double"), to: claimed.id)
        // Whoever did not create it does not cancel what is meant for somebody else.
        let bens = try await world.create { $0.owner = "ben" }
        let other = WorkWorld.agent("dora", "service")
        #expect(await Self.code { try await world.apply(.cancel(reason: "x"), to: bens.id, by: other) } == .conflict)
    }

    @Test func `an integration does not see what it created`() async throws {
        let world = try await WorkWorld()
        let crm = Principal(subject: "crm", roles: [.integration])
        let item = try await world.create(by: crm)
        #expect(await Self.code { _ = try await world.desk.file(item.id, for: crm) } == .notFound)
        #expect(try await world.desk.list(WorkFilter(), for: crm).items.isEmpty)
    }

    // MARK: Retention

    private static func cursors(_ world: WorkWorld) async throws -> [Int64] {
        try await world.store.read { [desk = world.desk] in
            try desk.events(after: 0, limit: 100, in: $0).map(\.cursor)
        }
    }

    @Test func `the events of what ended long ago leave the log, and its history stays`() async throws {
        let world = try await WorkWorld()
        let old = try await world.create()
        try await world.apply(.cancel(reason: "x"), to: old.id)
        let live = try await world.create("note", by: WorkWorld.carl)
        world.advance(hours: 24)
        let limit = world.now
        let new = try await world.create()
        try await world.apply(.cancel(reason: "x"), to: new.id)
        #expect(try await Self.cursors(world) == [1, 2, 3, 4, 5])
        #expect(try await world.desk.prune(quietSince: limit, limit: 10) == 1)
        #expect(try await Self.cursors(world) == [3, 4, 5])
        #expect(try await world.desk.prune(quietSince: limit, limit: 10) == 0)
        #expect(try await world.history(old.id) == [.created, .cancelled])
        #expect(try await world.desk.head() == 5)
        #expect(try await world.item(live.id).state == .open)
    }

    @Test func `what is said about it after its end keeps its events, and brings them back to the log`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        try await world.apply(.cancel(reason: "x"), to: item.id)
        world.advance(hours: 24)
        let limit = world.now
        try await world.apply(.comment("still unhappy"), to: item.id)
        #expect(try await world.desk.prune(quietSince: limit, limit: 10) == 0)
        #expect(try await world.desk.prune(quietSince: limit + 1, limit: 10) == 1)
        #expect(try await Self.cursors(world).isEmpty)
        try await world.apply(.comment("again"), to: item.id)
        #expect(try await Self.cursors(world) == [4])
        #expect(try await world.desk.prune(quietSince: limit + 1, limit: 10) == 1)
    }

    @Test func `one call deletes the events of a bounded number of items, the oldest first`() async throws {
        let world = try await WorkWorld()
        for _ in 0..<5 {
            let item = try await world.create()
            try await world.apply(.cancel(reason: "x"), to: item.id)
            world.advance(hours: 1)
        }
        #expect(try await world.desk.prune(quietSince: world.now, limit: 2) == 2)
        #expect(try await Self.cursors(world) == [5, 6, 7, 8, 9, 10])
        #expect(try await world.desk.prune(quietSince: world.now, limit: 10) == 3)
    }
}
