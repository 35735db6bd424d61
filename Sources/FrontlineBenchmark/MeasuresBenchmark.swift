import Access
import ArgumentParser
import AuditTrail
import BusinessCalendar
import Foundation
import FrontlineService
import Measures
import SQLiteStorage
import Storage
import Synchronization
import Versioning
import Vocabulary

struct MeasuresBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures",
        abstract: "Time counting and reading over an invented year of contacts, in a store of its own.",
        discussion: """
            The contacts change three times each, as when they are opened, led and closed. `count_us` is the time that one change \
            takes with all measures of contacts, in its transaction; `longest_ms` the slowest of some values over the whole year.
            """
    )

    @Option(help: "How many contacts.") var contacts = 100_000
    @Option(help: "How many agents they have.") var agents = 60
    @Option(help: "The folder with the definitions.", completion: .directory) var rules = "rules/measures"

    private static let start: Int64 = 1_767_225_600_000_000
    private static let year: Int64 = 365 * 86_400_000_000

    private struct Line: Encodable {
        let contacts: Int
        let measures: Int
        let countMicroseconds: Double
        let contactMilliseconds: Double
        let longestMilliseconds: Double
        let longest: String
        let sums: Int64
        let megabytes: Double

        enum CodingKeys: String, CodingKey {
            case contacts, measures, longest, sums, megabytes
            case countMicroseconds = "count_us"
            case contactMilliseconds = "contact_ms"
            case longestMilliseconds = "longest_ms"
        }
    }

    func validate() throws {
        guard (1...2_000_000).contains(contacts), (1...10_000).contains(agents) else {
            throw ValidationError("up to two million contacts of up to 10000 agents are expected")
        }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("measures-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try Store(
            folder: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations + MeasureTables.migrations
        )
        let measures = MeasureStore(
            store: store,
            calendar: CalendarStore(store: store),
            timeZone: "Europe/Berlin"
        )
        let source = InventedContacts(start: Self.start, span: Self.year, agents: agents)
        let ledger = MeasureLedger(measures: measures, sources: [source])
        let names = try await publish(measures)

        let began = Monotonic.nanoseconds()
        for stage in 0..<3 {
            source.stage.withLock { $0 = stage }
            for first in stride(from: 0, to: contacts, by: 500) {
                try await store.write(durability: .process) { [contacts] transaction in
                    for number in first..<min(first + 500, contacts) {
                        try Store.markOutdated(
                            RecordKind.contacts.rawValue,
                            InventedContacts.id(number),
                            in: transaction
                        )
                    }
                }
                try await ledger.catchUp()
            }
        }
        let microseconds = Double(Monotonic.nanoseconds() - began) / 1_000 / Double(3 * contacts)
        let (slowest, longest) = try await read(ledger, names)
        let sums = try await store.read {
            try $0.first("SELECT count(*) AS sums FROM measure_sums") { try $0.integer("sums") }
        }
        try JSONLine.print(
            Line(
                contacts: contacts,
                measures: names.count,
                countMicroseconds: (microseconds * 10).rounded() / 10,
                contactMilliseconds: (microseconds * 3).rounded() / 1_000,
                longestMilliseconds: (slowest * 10).rounded() / 10,
                longest: longest,
                sums: sums ?? 0,
                megabytes: (Double(store.files?.fileBytes ?? 0) / 100_000).rounded() / 10
            )
        )
    }

    /// Publishes the definitions over contacts.
    private func publish(_ measures: MeasureStore) async throws -> [String] {
        let files = try SourceFiles.list([rules]) { $0.hasSuffix(".yaml") }
        var names: [String] = []
        for file in files {
            let source = try SourceFiles.text(file)
            let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
            guard try MeasureDefinition(yaml: source, name: name, file: file).kind == .contacts else { continue }
            _ = try await measures.publish(name, source: source, note: nil, by: "benchmark", now: Self.start)
            names.append(name)
        }
        return names
    }

    /// Reads the year in several ways, each of them twice, and says which one takes longest.
    private func read(_ ledger: MeasureLedger, _ names: [String]) async throws -> (Double, String) {
        let days = try await ledger.measures.days()
        var slowest = (0.0, "")
        let supervisor = Principal(subject: "sue", roles: [.supervisor], attributes: ["team": .one("team 1")])
        for name in names {
            guard let definition = try await ledger.measures.book()[name]?.definition else { continue }
            for by in [nil, "day", "week", "team", "agent"] as [String?] {
                for caller in [Principal.local, supervisor] {
                    let question = try MeasureQuestion(
                        definition,
                        from: days.day(of: Self.start),
                        to: days.day(of: Self.start + Self.year) + 1,
                        by: by
                    )
                    let began = Monotonic.nanoseconds()
                    _ = try await ledger.values(question, visibility: MeasureVisibility(of: caller))
                    let took = Double(Monotonic.nanoseconds() - began) / 1_000_000
                    if took > slowest.0 { slowest = (took, "\(name) by \(by ?? "nothing") for \(caller.subject)") }
                }
            }
        }
        return slowest
    }
}

/// Contacts that are made up of their number, so that they take no memory.
private final class InventedContacts: FactSource {
    let kind = RecordKind.contacts
    /// How far each contact is: opened, led, closed.
    let stage = Mutex(0)
    private let start: Int64
    private let span: Int64
    private let agents: Int

    init(start: Int64, span: Int64, agents: Int) { (self.start, self.span, self.agents) = (start, span, agents) }

    static func id(_ number: Int) -> String { "c\(number)" }

    func record(_ id: String, in transaction: some SQLReading) throws -> FactRecord? {
        guard let number = Int(id.dropFirst()) else { return nil }
        let stage = stage.withLock { $0 }
        // A multiplicative hash spreads contacts over days, agents and channels.
        let spread = Int64(truncatingIfNeeded: (UInt64(number) &* 0x9E37_79B9_7F4A_7C15) >> 20)
        let agent = Int(spread % Int64(agents))
        var values: [String: FactValue] = [
            "is_closed": .flag(stage == 2), "turns": .number(Int64(stage * 5)), "transfers": .number(spread % 3 / 2),
            "days_since_previous": .number(Double(spread % 400) / 10),
        ]
        if stage > 0 {
            values["mood_start"] = .number(-0.3)
            values["mood_end"] = .number(Double(spread % 100) / 100)
            values["mood_change"] = .number(Double(spread % 100) / 100 + 0.3)
        }
        if stage == 2 { values["handle_seconds"] = .number(60 + spread % 900) }
        return FactRecord(
            id: id,
            conversation: id,
            at: start + spread % span,
            agent: "agent \(agent)",
            teams: ["team \(agent % 6)"],
            channel: ["phone", "chat", "email"][Int(spread % 3)],
            values: values
        )
    }

    func ids(after id: String, limit: Int, in transaction: some SQLReading) throws -> [String] { [] }

    func ids(from: Int64, to: Int64, in transaction: some SQLReading) throws -> [String] { [] }
}
