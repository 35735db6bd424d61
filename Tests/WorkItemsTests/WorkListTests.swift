import Access
import Storage
import Synchronization
import TestStores
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

    private static let crm = Principal(subject: "crm", roles: [.integration])
    private static let callers: [Principal] = [
        WorkWorld.anna, WorkWorld.carl, WorkWorld.lena, WorkWorld.olga, WorkWorld.rita,
        Principal(subject: "root", roles: [.admin]), crm,
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
        return teams.contains(item.team) || [item.owner, item.createdBy].contains(principal.subject)
    }

    private static func wants(_ filter: WorkFilter, _ item: WorkItem) -> Bool {
        filter.state.map { $0 == item.state } ?? true && filter.teams?.contains(item.team) ?? true
            && filter.owner.map { $0 == item.owner } ?? true && filter.creator.map { $0 == item.createdBy } ?? true
            && filter.kinds?.contains(item.kind) ?? true
            && filter.isBreached.map { $0 == item.isBreached } ?? true
            && filter.dueBefore.map { time in item.dueAt.map { $0 < time } ?? false } ?? true
            && filter.conversation.map { $0 == item.links.conversation } ?? true
            && filter.customerKey.map { $0 == item.customerKey } ?? true
    }

    /// Items in every state, of every team and creator, some late.
    private static func fill(_ world: WorkWorld, _ count: Int, _ generator: inout Generator) async throws -> [WorkItem]
    {
        var ids: [String] = []
        let creators = [WorkWorld.anna, WorkWorld.ben, WorkWorld.carl, WorkWorld.lena, WorkWorld.olga, crm]
        for number in 0..<count {
            let creator = creators.randomElement(using: &generator) ?? WorkWorld.olga
            let kind = ["callback", "complaint", "note"].randomElement(using: &generator) ?? "note"
            let team = ["service", "billing", "delivery"].randomElement(using: &generator) ?? "service"
            ids.append(
                try await world.create(kind, by: creator) {
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
        if chance(4) { filter.creator = ["anna", "carl", "crm"].randomElement(using: &generator) }
        if chance(3) { filter.kinds = chance(2) ? ["complaint"] : ["callback", "note", "party"] }
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
                // Only where rows are tested may a page be short and not the last; there are fewer rows here than are tested.
                #expect(page.next == nil ? page.items.count <= filter.limit : page.items.count == filter.limit)
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

    /// Many items of one team, written past the desk: of every kind and state, a tenth of them late, of 50 creators.
    private static func crowd(_ count: Int) async throws -> WorkWorld {
        let world = try await WorkWorld()
        let item = try await world.create { $0.links = WorkItem.Links(conversation: "c-1", customer: "K-1") }
        try await world.store.write { transaction in
            try transaction.execute(
                """
                WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
                INSERT INTO work_items (id, number, due_microseconds, content, revision, team, priority, conversation_id,
                    customer_id, created_microseconds, title, owner, created_by, kind, state, breached, facet)
                SELECT 'wk-' || n, n, due_microseconds + n,
                    REPLACE(REPLACE(content, '"wk-1"', '"wk-' || n || '"'), '"number":1', '"number":' || n),
                    revision, team, priority, conversation_id, customer_id, created_microseconds, title,
                    CASE n % 4 WHEN 0 THEN 'anna' ELSE owner END, 'a' || n % 50, '', '', 0, ''
                FROM numbers, work_items WHERE id = $2
                """,
                [.integer(Int64(count)), .text(item.id)]
            )
            try transaction.execute(
                """
                UPDATE work_items SET kind = CASE WHEN number % 3 = 0 THEN 'complaint' ELSE 'callback' END,
                    state = CASE number % 4 WHEN 0 THEN 'claimed' WHEN 1 THEN 'open' ELSE 'done' END,
                    breached = CASE number % 10 WHEN 5 THEN 1 ELSE 0 END
                """
            )
            try transaction.execute("UPDATE work_items SET facet = kind || '/' || state || '/' || breached")
            _ = try Store.next("work", count: Int64(count) - 1, in: transaction)
        }
        return world
    }

    private static func plan(
        _ statement: (sql: String, values: [SQLValue]),
        in transaction: some SQLReading
    ) throws -> [String] {
        try transaction.rows("EXPLAIN QUERY PLAN " + statement.sql, statement.values) { try $0.text("detail") }
    }

    /// Filters of every shape.
    private static func filters(_ now: Int64) -> [WorkFilter] {
        var filters: [WorkFilter] = []
        for order in WorkOrder.allCases {
            for state in [nil, WorkState.open, .done] {
                for (owner, creator) in [(nil, nil), ("anna", nil), (nil, "anna"), (nil, "a7")] as [(String?, String?)]
                {
                    for teams in [nil, ["service", "billing"]] as [Set<String>?] {
                        var filter = WorkFilter(order: order, limit: 50)
                        (filter.state, filter.owner, filter.creator, filter.teams) = (state, owner, creator, teams)
                        filters.append(filter)
                        (filter.kinds, filter.isBreached) = (["complaint"], true)
                        if order == .due { filter.dueBefore = now }
                        filters.append(filter)
                    }
                }
            }
        }
        return filters
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite, "asks SQLite for its plans"))
    func `every statement of a list reads a range of an index in order, whatever the filter`() async throws {
        let world = try await Self.crowd(20_000)
        let now = world.now
        let seen = try await world.store.read { transaction in
            var seen = 0
            for filter in Self.filters(now) {
                for principal in [WorkWorld.anna, WorkWorld.lena, WorkWorld.olga] {
                    let (ranges, tests) = try WorkDesk.statements(filter, for: principal, in: transaction)
                    for statement in ranges {
                        let steps = try Self.plan(statement, in: transaction).filter { $0.contains("work_items") }
                        // Nothing but the index is read; a look-up of the first value has nothing to search for.
                        let isBounded = steps.allSatisfy { step in
                            step.contains("USING COVERING INDEX")
                                && (step.hasPrefix("SEARCH") || statement.sql.contains("LIMIT 1)"))
                        }
                        #expect(!steps.isEmpty && isBounded, "\(statement.sql): \(steps)")
                        let whole = try Self.plan(statement, in: transaction)
                        #expect(!whole.contains { $0.contains("TEMP B-TREE") }, "\(statement.sql): \(whole)")
                        seen += 1
                    }
                    for statement in tests {
                        #expect(try Self.isBounded(statement, in: transaction), "\(statement.sql)")
                    }
                }
            }
            return seen
        }
        #expect(seen > 500)
    }

    /// Whether a statement that tests rows reads them in the order of an index, and puts them in order only after it has bounded them.
    private static func isBounded(
        _ statement: (sql: String, values: [SQLValue]),
        in transaction: some SQLReading
    ) throws -> Bool {
        let steps = try plan(statement, in: transaction)
        return steps.filter { $0.contains("work_items") }.allSatisfy { $0.hasPrefix("SEARCH") && $0.contains("INDEX") }
            && !steps.prefix { !$0.contains("SCAN seen") }.contains { $0.contains("TEMP B-TREE") }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite, "asks SQLite for its plans"), arguments: WorkOrder.allCases)
    func `where rows are tested, they are read in the order of an index`(order: WorkOrder) async throws {
        let world = try await Self.crowd(3_000)
        var filters = (0..<3).map { _ in WorkFilter(order: order, limit: 50) }
        filters[0].conversation = "c-1"
        filters[1].customerKey = world.desk.key(ofCustomer: "K-1")
        (filters[2].owner, filters[2].creator) = ("anna", "a7")
        let wanted = filters
        try await world.store.read { transaction in
            for filter in wanted {
                let (ranges, tests) = try WorkDesk.statements(filter, for: WorkWorld.lena, in: transaction)
                #expect(ranges.isEmpty && !tests.isEmpty)
                for statement in tests { #expect(try Self.isBounded(statement, in: transaction), "\(statement.sql)") }
            }
        }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite, "asks SQLite for its plans"))
    func `every statement of the desk finds its rows by an index`() async throws {
        let statements = Mutex<Set<String>>([])
        let world = try await WorkWorld { sql in _ = statements.withLock { $0.insert(sql) } }
        let item = try await world.create(key: "k") { $0.links = WorkItem.Links(conversation: "c-1", customer: "K-1") }
        try await world.create(key: "k") { $0.links = WorkItem.Links(conversation: "c-1", customer: "K-1") }
        try await world.apply(.claim, to: item.id)
        world.advance(hours: 5)
        try await world.desk.elapse(to: world.now)
        try await world.apply(.cancel(reason: "x"), to: item.id, by: WorkWorld.olga)
        _ = try await world.history(item.id)
        try await world.store.write { [desk = world.desk, now = world.now] transaction in
            _ = try desk.events(after: 0, limit: 10, in: transaction)
            _ = try desk.export(customer: "K-1", conversations: ["c-1"], in: transaction)
            _ = try desk.erase(customer: "K-1", conversations: ["c-1"], now: now, in: transaction)
            _ = try WorkDesk.recordKeys.ids(after: "", limit: 10, in: transaction)
            _ = try WorkDesk.recordKeys.ids(from: 0, to: now, in: transaction)
        }
        #expect(try await world.desk.prune(quietSince: world.now + 1, limit: 10) == 1)
        let made = statements.withLock { $0 }.filter { $0.contains("work_") && !$0.hasPrefix("INSERT") }
        #expect(made.count > 10)
        try await world.store.read { transaction in
            for sql in made {
                let last = (1...40).last { sql.contains("$\($0)") } ?? 0
                let values = Array(repeating: SQLValue.null, count: last)
                let steps = try Self.plan((sql, values), in: transaction).filter { $0.contains("work_") }
                let areFound = steps.allSatisfy { $0.hasPrefix("SEARCH") && $0.contains("INDEX") }
                #expect(!steps.isEmpty && areFound, "\(sql): \(steps)")
            }
        }
    }

    /// How many items are on each page.
    private static func pages(_ filter: WorkFilter, for principal: Principal, at world: WorkWorld) async throws -> [Int]
    {
        var (pages, next) = ([Int](), Optional(filter))
        while let wanted = next, pages.count < 1_000 {
            let page = try await world.desk.list(wanted, for: principal)
            pages.append(page.items.count)
            next = page.next.map { position in
                var filter = filter
                filter.after = position
                return filter
            }
        }
        return pages
    }

    @Test func `a filter that leaves out nearly everything needs one page`() async throws {
        let world = try await Self.crowd(9_000)
        let note = try await world.create("note", by: WorkWorld.carl) { $0.team = "service" }
        var filter = WorkFilter(limit: 50)
        filter.kinds = ["note"]
        let page = try await world.desk.list(filter, for: WorkWorld.lena)
        #expect(page.items.map(\.id) == [note.id] && page.next == nil)
        // Half of the items have a third of the kinds, and a tenth of them is late.
        (filter.kinds, filter.isBreached, filter.state) = (["complaint"], true, .open)
        let counts = try await Self.pages(filter, for: WorkWorld.lena, at: world)
        #expect(counts.dropLast().allSatisfy { $0 == 50 } && counts.reduce(0, +) == 150)
    }

    @Test func `where rows are tested, a page looks at a bounded number of them`() async throws {
        let world = try await Self.crowd(9_000)
        var filter = WorkFilter(limit: 50)
        (filter.conversation, filter.kinds) = ("c-1", ["note"])
        // 9,000 rows, of which a page tests 2,000.
        #expect(try await Self.pages(filter, for: WorkWorld.lena, at: world) == [0, 0, 0, 0, 0])
    }

    @Test func `a facet that this program has not written is damage`() async throws {
        let world = try await WorkWorld()
        try await world.create()
        _ = try await world.store.write { try $0.execute("UPDATE work_items SET facet = 'callback/lost/0'") }
        var filter = WorkFilter()
        filter.state = .open
        await #expect(
            performing: { try await world.desk.list(filter, for: WorkWorld.lena) },
            throws: { ($0 as? StorageError)?.code == .corrupt }
        )
    }

    @Test func `an item is found by its facet after every change`() async throws {
        let world = try await WorkWorld()
        let item = try await world.create()
        var late = WorkFilter()
        (late.kinds, late.isBreached) = (["callback"], true)
        #expect(try await world.desk.list(late, for: WorkWorld.anna).items.isEmpty)
        world.advance(hours: 1)
        try await world.desk.elapse(to: world.now)
        #expect(try await world.desk.list(late, for: WorkWorld.anna).items.map(\.id) == [item.id])
        late.state = .done
        #expect(try await world.desk.list(late, for: WorkWorld.anna).items.isEmpty)
        try await world.apply(.complete(outcome: ["result": "reached"], note: nil), to: item.id)
        #expect(try await world.desk.list(late, for: WorkWorld.anna).items.map(\.id) == [item.id])
    }
}
