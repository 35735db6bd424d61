import Access
import ArgumentParser
import AuditTrail
import BusinessCalendar
import Foundation
import FrontlineService
import Policies
import SQLiteStorage
import Storage
import Versioning
import Vocabulary
import WorkItems

struct WorkBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract:
            "Time lists, claims, creation and clocks over few and many items of one team, in stores of their own.",
        discussion: """
            Prints a line for each number of items, with the median time of each operation in milliseconds, and a last one with the ratios. A \
            ratio near 1 says that the cost does not depend on how many items there are; a change touches pages that few items share and many \
            do not, so it rises to a few times. The items are created and changed by the desk itself, in bulk.
            """
    )

    @Option(help: "How many items, at most.") var items = 1_000_000
    @Option(help: "How many items that is compared with.") var few = 1_000
    @Option(help: "How often each operation is timed.") var repetitions = 40

    @Option(help: "Fail if an operation takes more than so many times as long over many items as over few.")
    var most: Double?

    private struct Line: Encodable {
        let items: Int
        let seedMicroseconds: Double
        let megabytes: Double
        let milliseconds: [String: Double]

        enum CodingKeys: String, CodingKey {
            case items, megabytes, milliseconds
            case seedMicroseconds = "seed_us"
        }
    }

    private struct Ratios: Encodable {
        let from: Int
        let to: Int
        let ratios: [String: Double]
    }

    func validate() throws {
        guard few >= 1_000, (few...10_000_000).contains(items) else {
            throw ValidationError("--few is from 1000 to --items, which is at most 10000000")
        }
        guard (1...few / 25).contains(repetitions) else {
            throw ValidationError("--repetitions is from 1 to --few / 25")
        }
    }

    func run() async throws {
        var measured: [[String: Double]] = []
        for count in [few, items] {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("work-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let floor = try await CrowdedFloor(folder: folder)
            let began = Monotonic.nanoseconds()
            try await floor.fill(count)
            let seeding = Double(Monotonic.nanoseconds() - began) / 1_000 / Double(count)
            let times = try await floor.times(of: repetitions)
            measured.append(times)
            try JSONLine.print(
                Line(
                    items: count,
                    seedMicroseconds: seeding.rounded(),
                    megabytes: (Double(floor.store.files?.fileBytes ?? 0) / 100_000).rounded() / 10,
                    milliseconds: times.mapValues { ($0 * 1_000).rounded() / 1_000 }
                )
            )
        }
        let ratios = measured[1].map { name, time in (name, (100 * time / (measured[0][name] ?? time)).rounded() / 100)
        }
        try JSONLine.print(
            Ratios(from: few, to: items, ratios: Dictionary(ratios, uniquingKeysWith: { first, _ in first }))
        )
        if let most, ratios.contains(where: { $0.1 > most }) { throw ExitCode.failure }
    }
}

/// A team with many items, most of them done, and people who look at them.
private final class CrowdedFloor {
    private struct Directory: WorkDirectory {
        func isTeam(_ team: String) async throws -> Bool { true }

        func person(_ subject: String) async throws -> Principal? { CrowdedFloor.agent(subject, "service") }

        func calendar() async throws -> BusinessCalendar { .alwaysOpen }
    }

    private static let kinds = """
        kinds:
          callback: {title: Call back, team: service, clocks: {response: 8000h, done: 8500h}}
          complaint: {title: Follow up, team: service, clocks: {done: 8000h}}
          check: {title: Check, team: service, clocks: none}
          rare: {title: Rare, team: service, clocks: none}
        """
    private static let creators = 60
    /// Calls that are made together.
    private static let together = 200
    /// Of ten numbers, two clocks run out in each second.
    private static let second: Int64 = 1_000_000

    let store: Store
    private let desk: WorkDesk
    private var now: Int64 = 1_767_225_600_000_000
    /// When the first clock runs out.
    private let late: Int64 = 1_767_225_600_000_000 + 30 * 86_400 * CrowdedFloor.second
    private var count = 0

    init(folder: URL) async throws {
        store = try Store(
            folder: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations + WorkDesk.migrations
        )
        desk = WorkDesk(
            store: store,
            kinds: WorkKindStore(store: store),
            policies: PolicyStore(store: store),
            directory: Directory()
        )
        _ = try await desk.kinds.publish(Self.kinds, note: nil, by: "benchmark", now: now)
    }

    static func agent(_ subject: String, _ team: String) -> Principal {
        Principal(subject: subject, roles: [.agent], attributes: ["team": .one(team)])
    }

    /// Creates items: seven of ten are done, one is claimed, two are open and become late one after the other.
    func fill(_ count: Int) async throws {
        self.count = count
        try store.files?.beginBulk()
        for first in stride(from: 1, through: count, by: Self.together) {
            let numbers = first...min(count, first + Self.together - 1)
            let made = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in numbers {
                    group.addTask { [desk, late, now] in
                        (number, try await Self.create(number, at: desk, late: late, now: now).id)
                    }
                }
                return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
            }
            let claimer = Self.agent("claimer", "service")
            let done = made.filter { $0.key % 10 < 7 }.map(\.value)
            if !done.isEmpty {
                _ = try await desk.change(done, .complete(outcome: [:], note: nil), by: claimer, now: now)
            }
            let claimed = made.filter { $0.key % 10 == 7 }.map(\.value)
            if !claimed.isEmpty { _ = try await desk.change(claimed, .claim, by: claimer, now: now) }
            now += Self.second
        }
        try await store.files?.endBulk()
    }

    private static func create(_ number: Int, at desk: WorkDesk, late: Int64, now: Int64) async throws -> WorkItem {
        let kind = number % 100 == 99 ? "rare" : ["callback", "complaint", "check"][number % 3]
        var request = WorkRequest(kind: kind, title: "Item \(number)", team: "service")
        if kind != "rare", kind != "check" { request.promised = [.done: late + Int64(number) * second / 10] }
        let creator = agent("creator \(number % creators)", "desk")
        return try await desk.create(request, by: creator, now: now)
    }

    // MARK: Timing

    /// The median time of each operation in milliseconds.
    func times(of repetitions: Int) async throws -> [String: Double] {
        var times: [String: [Double]] = [:]
        func time(_ name: String, _ body: () async throws -> Int) async throws {
            let began = Monotonic.nanoseconds()
            let parts = try await body()
            times[name, default: []].append(Double(Monotonic.nanoseconds() - began) / 1_000_000 / Double(max(1, parts)))
        }
        let anna = Self.agent("anna", "service")
        var queue = WorkFilter(order: .due)
        queue.state = .open
        var (rare, deep, next, own) = (WorkFilter(), WorkFilter(), queue, WorkFilter())
        (rare.kinds, rare.isBreached) = (["rare"], false)
        deep.after = WorkPosition(due: 0, number: Int64(count / 2))
        next.limit = 1
        // Fewer than there are among few, so that the pages to be compared are equally full.
        (rare.limit, own.limit) = (5, 5)
        own.state = .done
        for round in 0..<repetitions {
            now += Self.second
            try await time("page") { try await list(queue, anna) }
            try await time("page_by_rare_kind") { try await list(rare, anna) }
            try await time("page_deep") { try await list(deep, anna) }
            try await time("page_of_creator") { try await list(own, Self.agent("creator 7", "desk")) }
            try await time("claim_next") {
                let item = try await desk.list(next, for: anna).items.first
                guard let item else { return 1 }
                return try await desk.change([item.id], .claim, by: anna, now: now).count
            }
            try await time("create") {
                _ = try await Self.create(10_000_000 + round, at: desk, late: late, now: now)
                return 1
            }
            try await time("feed_of_256") {
                let head = try await desk.head()
                _ = try await store.read { [desk] in try desk.events(after: head - 256, limit: 256, in: $0) }
                return 1
            }
        }
        for round in 0..<repetitions {
            let moment = late + Int64(round) * 2 * Self.second
            try await time("timer_of_one") { try await desk.elapse(to: moment) }
            try await time("timer_idle") { try await desk.elapse(to: moment) }
        }
        return times.mapValues { $0.sorted()[$0.count / 2] }
    }

    private func list(_ filter: WorkFilter, _ principal: Principal) async throws -> Int {
        _ = try await desk.list(filter, for: principal)
        return 1
    }
}
