import ArgumentParser
import Foundation
import FrontlineService
import Storage

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Look at the store and the database that holds it, or copy it into another one.",
        subcommands: [StoreCheckCommand.self, StoreCopyCommand.self]
    )
}

struct StoreCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tell whether a store can be kept where it is; nothing is changed.",
        discussion: """
            A line is printed for each thing that was looked at. “doubtful” is what the store works with although an \
            acknowledged commit or a secret depends on it. The exit code is 1 when something is unfit. A file of SQLite is read \
            once as a whole.
            """
    )

    @OptionGroup var data: DataOptions
    @Flag(help: "Print a JSON object.") var json = false

    /// What was found, as JSON has it.
    private struct Report: Encodable {
        struct Check: Encodable {
            let name: String
            let verdict: StoreFinding.Verdict
            let found: String
            let advice: String?
        }

        let store: String
        let place: String
        let ok: Bool
        let checks: [Check]
    }

    func run() async throws {
        let address = try data.address()
        let findings: [StoreFinding]
        do {
            findings = try StoreCheck.run(address, dataFolder: URL(fileURLWithPath: data.folder))
        } catch let error as StorageError {
            throw CommandFailure(message: error.message)
        }
        let isFit = findings.allSatisfy { $0.verdict != .unfit }
        if json {
            let report = Report(
                store: address.engine.rawValue,
                place: data.place,
                ok: isFit,
                checks: findings.map {
                    Report.Check(name: $0.name, verdict: $0.verdict, found: $0.found, advice: $0.advice)
                }
            )
            try Console.printJSON(report)
        } else {
            Console.print(Console.bold(data.place))
            for finding in findings { Console.print(Self.line(finding)) }
        }
        if !isFit { throw ExitCode.failure }
    }

    private static func line(_ finding: StoreFinding) -> String {
        let advice = finding.advice.map { " – \(finding.verdict.rawValue): \($0)" } ?? ""
        return "\(finding.name): \(finding.found)\(advice)"
    }
}
