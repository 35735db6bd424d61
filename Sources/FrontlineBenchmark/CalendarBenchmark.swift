import ArgumentParser
import BusinessCalendar
import Foundation
import FrontlineService
import Vocabulary

struct CalendarBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Time business time on one thread: is it open, for how long, when is it due; and reading a file."
    )

    @Argument(help: "The calendar.", completion: .file(extensions: ["yaml"])) var file: String
    @Option(help: "How often each is asked.") var count = 200_000

    private struct Line: Encodable {
        let openNanoseconds: Int
        let durationNanoseconds: Int
        let dueNanoseconds: Int
        let openingNanoseconds: Int
        let readMicroseconds: Int

        enum CodingKeys: String, CodingKey {
            case openNanoseconds = "open_ns"
            case durationNanoseconds = "duration_ns"
            case dueNanoseconds = "due_ns"
            case openingNanoseconds = "opening_ns"
            case readMicroseconds = "read_us"
        }
    }

    func validate() throws {
        guard (1...100_000_000).contains(count) else { throw ValidationError("--count is above 0") }
    }

    func run() throws {
        let source = try SourceFiles.text(file)
        let calendar = try BusinessCalendar(yaml: source, file: file)
        let hours = calendar.hours(of: calendar.teams.first)
        // Moments within two years of 2026, in an order that no cache likes.
        let moments = (0..<count).map { number in
            Timestamp(microseconds: 1_767_225_600_000_000 + Int64(number &* 7_919 % 1_000_003) * 60_000_000)
        }
        var (open, total, found) = (0, Duration.zero, 0)
        let line = Line(
            openNanoseconds: each { if hours.isOpen(at: moments[$0]) { open += 1 } },
            durationNanoseconds: each { total += hours.duration(from: moments[$0], to: moments[count - 1 - $0]) },
            dueNanoseconds: each { if hours.instant(.seconds(4 * 3_600), after: moments[$0]) != nil { found += 1 } },
            openingNanoseconds: each { if hours.nextOpening(after: moments[$0]) != nil { found += 1 } },
            readMicroseconds: try reading(source)
        )
        // What is added up is used, so that it is not left out.
        guard open <= count, found <= 2 * count, total < .seconds(Int64.max) else { throw ExitCode.failure }
        try JSONLine.print(line)
    }

    private func each(_ body: (Int) -> Void) -> Int {
        let start = Monotonic.nanoseconds()
        for number in 0..<count { body(number) }
        return Int(Monotonic.nanoseconds() - start) / count
    }

    private func reading(_ source: String) throws -> Int {
        let start = Monotonic.nanoseconds()
        for _ in 0..<100 { _ = try BusinessCalendar(yaml: source, file: file) }
        return Int(Monotonic.nanoseconds() - start) / 100_000
    }
}
