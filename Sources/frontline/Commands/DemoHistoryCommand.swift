import ArgumentParser
import DemoHistory
import Foundation
import FrontlineService
import SQLiteStorage
import Storage

struct DemoHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Write an invented year of Ohmstead into a data folder of its own.",
        discussion: """
            Contacts of some sixty agents who learn and leave, customers who come back, scripts that change, a fire in a depot and a \
            wrong bill run, written call by call as clients would have made them. The same options make the same history. The folder \
            is marked as demonstration data; one with other data is refused. Nobody can sign in as somebody of the history: make a \
            token with `frontline token create`. No server may be using the folder.
            """
    )

    @OptionGroup var data: DataOptions
    @Option(help: "How many days, up to the last one.") var days = 365
    @Option(help: "What the history is drawn with; another number makes another history.") var seed: UInt64 = 1
    @Option(help: "How many contacts; those of the story, 100000 in 365 days, unless given.") var contacts: Int?
    @Option(help: "The last day, such as 2026-11-29; yesterday unless given.") var until: String?
    @Option(help: "The folder with the rules of the samples.", completion: .directory) var rules = "rules"
    @Option(help: "The folder with the articles of the samples.", completion: .directory) var knowledge = "knowledge"
    @Option(help: "A file with another story than the one that is built in.", completion: .file()) var story: String?
    @Flag(help: "Delete an invented history that is in the folder first.") var replace = false
    @Flag(help: "Print what was written as JSON.") var json = false

    private static let (maximumDays, maximumContacts) = (1_100, 2_000_000)

    /// What was written, as JSON has it.
    private struct Summary: Encodable {
        let data: String
        let from: String
        let to: String
        /// What `measures values` takes as the end.
        let next: String
        let seed: UInt64
        let written: HistoryReport
        let bytes: Int64
        let seconds: Double

        enum CodingKeys: String, CodingKey { case data, from, to, seed, written, bytes, seconds }
    }

    func validate() throws {
        guard (1...Self.maximumDays).contains(days) else {
            throw ValidationError("--days: 1 to \(Self.maximumDays) days are expected")
        }
        guard contacts.map((1...Self.maximumContacts).contains) ?? true else {
            throw ValidationError("--contacts: 1 to \(Self.maximumContacts) contacts are expected")
        }
        guard let until else { return }
        guard let day = HistoryPeriod.day(named: until) else {
            throw ValidationError("--until is a day such as 2026-11-29; found “\(until)”")
        }
        guard day <= Self.today else { throw ValidationError("--until is a day that has come; found “\(until)”") }
    }

    /// The day by the clock of UTC.
    private static var today: Int64 { DataFolder.systemClock() / 86_400_000_000 }

    func run() async throws {
        for folder in [rules, knowledge] where !FileManager.default.fileExists(atPath: folder) {
            throw CommandFailure(
                message: "there is no folder \(folder); name those of the samples with --rules and --knowledge"
            )
        }
        guard case .folder(nil) = try data.address() else {
            throw ValidationError(
                "a history is written into a folder of its own; leave --store and FRONTLINE_STORE out"
            )
        }
        let last = until.flatMap(HistoryPeriod.day(named:)) ?? Self.today - 1
        let order = HistoryOrder(
            story: try story.map(Story.init(path:)) ?? Story.builtIn(),
            seed: seed,
            last: last,
            days: days,
            contacts: contacts,
            folder: URL(fileURLWithPath: data.folder),
            rules: rules,
            knowledge: knowledge,
            replaces: replace
        )
        let watch = CountProgress()
        let report: HistoryReport
        do {
            report = try await order.write { watch.show($0, $1, of: "contacts") }
        } catch let error as StorageError {
            throw CommandFailure(message: error.message)
        }
        watch.finish()
        let summary = Summary(
            data: data.folder,
            from: HistoryPeriod.name(of: last - Int64(days) + 1),
            to: HistoryPeriod.name(of: last),
            next: HistoryPeriod.name(of: last + 1),
            seed: seed,
            written: report,
            bytes: Int64(try FileSize.bytes(of: order.folder.appendingPathComponent(StoreFile.name).path)),
            seconds: (watch.seconds * 10).rounded() / 10
        )
        if json { try Console.printJSON(summary) } else { tell(summary) }
    }

    private func tell(_ summary: Summary) {
        let written = summary.written
        Console.print(
            "\(summary.data) holds an invented history from \(summary.from) to \(summary.to): demonstration data, nobody in it exists"
        )
        let rows = [
            ("contacts", written.contacts), ("turns", written.turns), ("script sessions", written.sessions),
            ("alerts", written.alerts), ("resolutions", written.resolutions), ("work items", written.workItems),
            ("searches", written.searches),
        ]
        for (name, count) in rows {
            Console.print("  \(name.padding(toLength: 16, withPad: " ", startingAt: 0)) \(count)")
        }
        Console.print(
            "  \(FileSize.text(Int(summary.bytes))) in \(summary.seconds) s, fingerprint \(written.fingerprint)"
        )
        Console.print("Try:")
        Console.print(
            "  frontline token create --data \(summary.data) --subject you --role supervisor --attribute 'team=*'"
        )
        Console.print("  frontline serve --data \(summary.data) --rules \(rules) --knowledge \(knowledge)")
        Console.print(
            "  frontline measures values handle_time --data \(summary.data) --from \(summary.from) --to \(summary.next) --by month"
        )
    }
}
