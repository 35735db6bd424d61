import Access
import Storage
import Testing
import Vocabulary
import WorkItems

/// Pages against a slow, obvious oracle on random items, and what a page costs.
@Suite struct WorkListTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let callers: [Principal] = [
        WorkWorld.anna, WorkWorld.carl, WorkWorld.lena, WorkWorld.olga, WorkWorld.rita,
        Principal(subject: "root", roles: [.admin]), Principal(subject: "crm", roles: [.integration]),
        Principal(subject: "max", roles: [.supervisor], attributes: ["team": .many(["billing", "delivery"])]),
        Principal(subject: "sue", roles: [.supervisor], attributes: ["team": .one("*")]),
        Principal(subject: "zoe", roles: [.supervisor]),
    ]

    /// Who sees an item, said once more, slowly.
    private static func sees(_ principal: Principal, _ item: WorkItem) -> Bool {
        if !principal.roles.isDisjoint(with: [.admin, .auditor, .operations]) { return true }
        guard !principal.roles.isDisjoint(with: [.agent, .supervisor]) else { return false }
        let teams = principal.attributes["team"]?.strings ?? []
        if principal.roles.contains(.supervisor), teams.contains("*") { return true }
        return teams.contains(item.team) || item.owner == principal.subject
    }

    private static func wants(_ filter: WorkFilter, _ item: WorkItem) -> Bool {
        filter.state.map { $0 == item.state } ?? true && filter.teams?.contains(item.team) ?? true
            && filter.owner.map { $0 == item.owner } ?? true && filter.kinds?.contains(item.kind) ?? true
            && filter.isBreached.map { $0 == item.isBreached } ?? true
            && filter.dueBefore.map { time in item.dueAt.map { $0 < time } ?? false } ?? true
            && filter.conversation.map { $0 == item.links.conversation } ?? true
            && filter.customerKey.map { $0 == item.customerKey } ?? true
    }

    /// Items in every state, of every team, some late.
    private static func fill(_ world: WorkWorld, _ count: Int, _ generator: inout Generator) async throws -> [WorkItem]
    {
        var ids: [String] = []
        for number in 0..<count {
            let kind = ["callback", "complaint", "note"].randomElement(using: &generator) ?? "note"
            let team = ["service", "billing", "delivery"].randomElement(using: &generator) ?? "service"
            ids.append(
                try await world.create(kind, by: WorkWorld.olga) {
                    $0.team = team
                    $0.links = WorkItem.Links(conversation: "c\(number % 7)", customer: "K\(number % 5)")
                }.id
            )
        }
        let doers = [WorkWorld.anna, WorkWorld.ben, WorkWorld.carl, WorkWorld.olga]
        for id in ids {
            let doer = doers.randomElement(using: &generator) ?? WorkWorld.olga
            let commands: [WorkCommand] = [
                .claim, .wait(until: nil, note: nil), .cancel(reason: "x"),
                .complete(outcome: ["result": "reached"], note: nil),
                .complete(outcome: [:], note: nil), .transfer(team: "service", owner: "anna", note: nil),
            ]
            let command = commands.randomElement(using: &generator) ?? .claim
            _ = try await world.desk.change([id], command, by: doer, now: world.now)
            world.now += Int64.random(in: 0..<120_000_000, using: &generator)
        }
        try await world.desk.elapse(to: world.now)
        var items: [WorkItem] = []
        for id in ids { items.append(try await world.item(id)) }
        return items
    }

    private static func filter(_ world: WorkWorld, _ generator: inout Generator) -> WorkFilter {
        func chance(_ part: Int) -> Bool { Int.random(in: 0..<part, using: &generator) == 0 }
        var filter = WorkFilter(
            order: chance(2) ? .due : .created,
            limit: Int.random(in: 1...40, using: &generator)
        )
        if chance(3) { filter.state = WorkState.allCases.randomElement(using: &generator) }
        if chance(3) { filter.teams = ["service", "billing"] }
        if chance(4) { filter.owner = ["anna", "carl"].randomElement(using: &generator) }
        if chance(3) { filter.kinds = ["complaint"] }
        if chance(4) { filter.isBreached = chance(2) }
        if chance(6) { filter.conversation = "c3" }
        if chance(6) { filter.customerKey = world.desk.key(ofCustomer: "k2") }
        if chance(4) {
            filter.order = .due
            filter.dueBefore = world.now + Int64.random(in: -7_200_000_000...7_200_000_000, using: &generator)
        }
        return filter
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `the pages of a list are what an obvious filter finds`(seed: UInt64) async throws {
        var generator = Generator(state: seed)
        let world = try await WorkWorld()
        let items = try await Self.fill(world, 150, &generator)
        for _ in 0..<120 {
            let principal = Self.callers.randomElement(using: &generator) ?? WorkWorld.anna
            let filter = Self.filter(world, &generator)
            let never = Int64.max
            let expected = items.filter { Self.sees(principal, $0) && Self.wants(filter, $0) }
                .sorted {
                    (filter.order == .due ? $0.dueAt ?? never : 0, $0.number) < (
                        filter.order == .due ? $1.dueAt ?? never : 0, $1.number
                    )
                }
            var (found, next, pages): ([WorkItem], WorkFilter?, Int) = ([], filter, 0)
            while let wanted = next, pages < 400 {
                let page = try await world.desk.list(wanted, for: principal)
                #expect(page.items.count <= filter.limit)
                found += page.items
                next = page.next.map { position in
                    var filter = filter
                    filter.after = position
                    return filter
                }
                pages += 1
            }
            #expect(found.map(\.id) == expected.map(\.id), "\(principal.subject) \(filter)")
        }
    }

    @Test func `a place in a list survives the wire`() {
        for text in ["0.1", "1763888400000000.42"] { #expect(WorkPosition(text)?.description == text) }
        for text in ["", "1", "1.", ".1", "-1.2", "1.-2", "1.2.3", "x.1", "99999999999999999999.1"] {
            #expect(WorkPosition(text) == nil, "\(text)")
        }
    }

    /// Many items of one team, written past the desk.
    private static func crowd(_ count: Int) async throws -> WorkWorld {
        let world = try await WorkWorld()
        let item = try await world.create()
        try await world.store.write { transaction in
            let columns = """
                revision, state, kind, team, owner, created_by, priority, conversation_id, customer_id, breached,
                created_microseconds, title
                """
            try transaction.execute(
                """
                WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
                INSERT INTO work_items (id, number, due_microseconds, content, \(columns))
                SELECT 'wk-' || n, n, due_microseconds + n, REPLACE(content, '"wk-1"', '"wk-' || n || '"'), \(columns)
                FROM numbers, work_items WHERE id = $2
                """,
                [.integer(Int64(count)), .text(item.id)]
            )
        }
        return world
    }

    @Test func `every statement of a list reads an index in order, whatever the filter`() async throws {
        let world = try await Self.crowd(20_000)
        var filters: [WorkFilter] = []
        for order in WorkOrder.allCases {
            for state in [nil, WorkState.open, .done] {
                for owner in [nil, "anna"] {
                    var filter = WorkFilter(order: order, limit: 50)
                    (filter.state, filter.owner) = (state, owner)
                    filters.append(filter)
                    filter.kinds = ["note"]
                    filter.isBreached = true
                    if order == .due { filter.dueBefore = world.now }
                    filters.append(filter)
                }
            }
        }
        for filter in filters {
            for principal in [WorkWorld.anna, WorkWorld.lena, WorkWorld.olga] {
                for statement in WorkDesk.statements(filter, for: principal) {
                    let plan = try await world.store.read { transaction in
                        try transaction.rows("EXPLAIN QUERY PLAN " + statement.sql, statement.values) {
                            try $0.text("detail")
                        }
                    }
                    let scans = plan.filter { $0.contains("work_items") }
                    #expect(scans.allSatisfy { $0.contains("USING INDEX") }, "\(statement.sql): \(plan)")
                    // The rows seen are put in order only after the inner query has bounded them.
                    let inner = plan.prefix { !$0.contains("SCAN seen") }
                    #expect(!inner.contains { $0.contains("TEMP B-TREE") }, "\(statement.sql): \(plan)")
                }
            }
        }
    }

    @Test func `a page looks at a bounded number of rows, and the next one goes on`() async throws {
        let world = try await Self.crowd(9_000)
        var filter = WorkFilter(limit: 50)
        filter.kinds = ["note"]
        var (pages, next) = (0, Optional(filter))
        while let wanted = next {
            let page = try await world.desk.list(wanted, for: WorkWorld.lena)
            #expect(page.items.isEmpty)
            pages += 1
            next = page.next.map { position in
                var filter = filter
                filter.after = position
                return filter
            }
        }
        // 9,000 rows, of which a page looks at 2,000.
        #expect(pages == 5)
    }
}
