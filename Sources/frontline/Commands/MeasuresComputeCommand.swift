import ArgumentParser
import FrontlineService
import Measures

struct MeasuresComputeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compute",
        abstract: "Count days anew from the record, each with the definitions that counted on it.",
        discussion: """
            Prints a line for each sum that is not what the record says; without --check the sums are then replaced. What was \
            deleted from the record since counts as it did. With --check the exit code is 1 when there is a difference.
            """
    )

    @OptionGroup var data: DataOptions
    @Option(help: "The first day, such as 2026-11-01.") var from: String
    @Option(help: "The day after the last.") var to: String
    @Flag(help: "Only say what differs.") var check = false
    @Flag(help: "Print a JSON object a difference instead.") var json = false

    private struct Line: Encodable {
        let measure: String
        let version: Int64
        let day: String
        let agent: String
        let teams: [String]
        let groups: [String]
        let kept: Int64
        let counted: Int64
        let keptTotal: Double
        let countedTotal: Double

        enum CodingKeys: String, CodingKey {
            case measure, version, day, agent, teams, groups, kept, counted
            case keptTotal = "kept_total"
            case countedTotal = "counted_total"
        }
    }

    func validate() throws {
        guard let first = MeasureDays.day(named: from), let end = MeasureDays.day(named: to), first < end else {
            throw ValidationError("--from and --to are days such as 2026-11-21, the second one after the first")
        }
        guard end - first <= 3_660 else { throw ValidationError("at most 3660 days are counted at once") }
    }

    func run() async throws {
        guard let first = MeasureDays.day(named: from), let end = MeasureDays.day(named: to) else { return }
        let measures = LocalMeasures(try data.openExisting())
        var differences = 0
        try await measures.begin(countingWaiting: !check)
        for day in first..<end {
            for difference in try await measures.recount(day, isCheck: check) {
                differences += 1
                try print(difference)
            }
        }
        if !json {
            let outcome = check ? "" : differences == 0 ? "" : ", replaced"
            Console.error("\(end - first) days, \(differences) differences\(outcome)")
        }
        if check, differences > 0 { throw ExitCode.failure }
    }

    private func print(_ difference: MeasureDifference) throws {
        guard !json else {
            return try Console.printJSON(
                Line(
                    measure: difference.measure,
                    version: difference.version,
                    day: difference.day,
                    agent: difference.agent,
                    teams: difference.teams,
                    groups: difference.groups,
                    kept: difference.kept,
                    counted: difference.counted,
                    keptTotal: difference.keptTotal,
                    countedTotal: difference.countedTotal
                )
            )
        }
        let place = ([difference.agent] + difference.teams + difference.groups).filter { !$0.isEmpty }
        Console.print(
            "\(difference.day) \(difference.measure) version \(difference.version)"
                + (place.isEmpty ? "" : " (\(place.joined(separator: ", ")))")
                + ": kept \(difference.kept) with \(difference.keptTotal), the record says \(difference.counted) with "
                + "\(difference.countedTotal)"
        )
    }
}
