import BusinessCalendar
import Testing
import Vocabulary
import WorkItems

/// Every command in every state, against the table of `WorkItem+LifeCycle`.
@Suite struct WorkStateTests {
    private static let hours = BusinessCalendar.alwaysOpen.hours(of: nil)
    private static let book = WorkBook.read(WorkWorld.kinds, file: "work.yaml").book
    private static let owner = WorkActor("anna", leads: false)

    private static let commands: [(name: String, command: WorkCommand)] = [
        ("claim", .claim), ("release", .release(note: nil)),
        ("transfer", .transfer(team: "billing", owner: nil, note: nil)),
        ("comment", .comment("hm")), ("wait", .wait(until: nil, note: nil)), ("resume", .resume(note: nil)),
        ("complete", .complete(outcome: ["result": "reached"], note: nil)), ("cancel", .cancel(reason: "no need")),
    ]

    /// The state after each command in each state, as the documentation has it; nil for a conflict, a dash for no change.
    private static let table: [WorkState: [String: String]] = [
        .open: [
            "claim": "claimed", "release": "-", "transfer": "open", "comment": "open", "wait": "waiting",
            "complete": "done", "cancel": "cancelled",
        ],
        .claimed: [
            "claim": "-", "release": "open", "transfer": "open", "comment": "claimed", "wait": "waiting", "resume": "-",
            "complete": "done", "cancel": "cancelled",
        ],
        .waiting: [
            "claim": "-", "release": "open", "transfer": "open", "comment": "waiting", "wait": "-", "resume": "claimed",
            "complete": "done", "cancel": "cancelled",
        ],
        .done: ["comment": "done", "complete": "-"],
        .cancelled: ["comment": "cancelled", "cancel": "-"],
    ]

    private static func item(_ state: WorkState) throws -> WorkItem {
        var item = WorkItem(
            id: "wk-1",
            number: 1,
            kind: "callback",
            kindVersion: 1,
            team: "service",
            createdBy: "crm",
            priority: .high,
            createdAt: 0
        )
        let kind = try #require(book?["callback"])
        item.start(kind: kind, hours: hours, at: 0)
        let path: [WorkCommand] =
            switch state {
            case .open: []
            case .claimed: [.claim]
            case .waiting: [.wait(until: nil, note: nil)]
            case .done: [.complete(outcome: ["result": "reached"], note: nil)]
            case .cancelled: [.cancel(reason: "no need")]
            }
        for command in path { _ = try item.apply(command, by: owner, kind: kind, hours: hours, at: 1) }
        return item
    }

    @Test(arguments: WorkState.allCases)
    func `every command does what the table says`(state: WorkState) throws {
        let kind = try #require(Self.book?["callback"])
        for (name, command) in Self.commands {
            let before = try Self.item(state)
            #expect(before.state == state)
            var item = before
            let expected = Self.table[state]?[name]
            guard let expected else {
                #expect(throws: WorkError.self, "\(name) in \(state)") {
                    try item.apply(command, by: Self.owner, kind: kind, hours: Self.hours, at: 2)
                }
                #expect(item == before, "\(name) in \(state) has failed and changed something")
                continue
            }
            let entry = try item.apply(command, by: Self.owner, kind: kind, hours: Self.hours, at: 2)
            #expect(item.state.rawValue == (expected == "-" ? state.rawValue : expected), "\(name) in \(state)")
            #expect((entry == nil) == (expected == "-"), "\(name) in \(state)")
            #expect(item.state == .open || !item.state.isLive || item.owner != nil, "\(name) in \(state)")
        }
    }

    @Test(arguments: [WorkState.claimed, .waiting])
    func `only the owner and those who lead the team change what has an owner`(state: WorkState) throws {
        let kind = try #require(Self.book?["callback"])
        for (name, command) in Self.commands where name != "comment" {
            var item = try Self.item(state)
            #expect(throws: WorkError.self, "\(name)") {
                try item.apply(
                    command == .wait(until: nil, note: nil) ? .wait(until: 99, note: nil) : command,
                    by: WorkActor("ben", leads: false),
                    kind: kind,
                    hours: Self.hours,
                    at: 2
                )
            }
            guard name != "claim" else { continue }
            var led = try Self.item(state)
            _ = try led.apply(command, by: WorkActor("lena", leads: true), kind: kind, hours: Self.hours, at: 2)
        }
    }

    @Test func `what is meant for somebody is claimed by nobody else`() throws {
        let kind = try #require(Self.book?["callback"])
        var item = try Self.item(.open)
        item.owner = "ben"
        #expect(throws: WorkError.self) {
            try item.apply(.claim, by: Self.owner, kind: kind, hours: Self.hours, at: 2)
        }
        _ = try item.apply(.claim, by: WorkActor("ben", leads: false), kind: kind, hours: Self.hours, at: 2)
        #expect(item.state == .claimed && item.response.metAt == 2)
    }

    @Test(
        arguments: [
            ([:], "outcome.result"), (["result": "perhaps"], "outcome.result"),
            (["result": "reached", "mood": "good"], "outcome.mood"),
            (["result": "reached", "words": " "], "outcome.words"),
        ] as [([String: String], String)]
    )
    func `an outcome has the fields of its kind`(outcome: [String: String], argument: String) throws {
        let kind = try #require(Self.book?["callback"])
        var item = try Self.item(.claimed)
        let error = #expect(throws: WorkError.self) {
            try item.apply(
                .complete(outcome: outcome, note: nil),
                by: Self.owner,
                kind: kind,
                hours: Self.hours,
                at: 2
            )
        }
        #expect(error?.argument == argument && item.state == .claimed)
    }
}
