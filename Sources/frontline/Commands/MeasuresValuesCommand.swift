import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import FrontlineService

struct MeasuresValuesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "values",
        abstract: "Print the values of a measure.",
        discussion: """
            A line is printed for each row: its key, its value, the interval in which it lies with 95 % confidence where the measure \
            has one, and on how many records it rests. Days are those of the company's time zone; --to is the day after the last.
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The measure.") var measure: String
    @Option(help: "The first day, such as 2026-11-01, or a moment of it.") var from: String
    @Option(help: "The day after the last, or the moment after the last.") var to: String
    @Option(help: "A row for each: day, week, month, or a group of the measure such as team.") var by: String?
    @Option(help: "Only what has this value of a group, such as team=delivery.") var group: String?
    @Flag(help: "Print the answer of the method as JSON.") var json = false

    func run() async throws {
        let params = MeasuresValues.Params(
            measure: measure,
            from: try DayArgument.read(from, option: "from"),
            to: try DayArgument.read(to, option: "to"),
            by: by,
            group: group
        )
        let result = try await connection.ask(MeasuresValues.self, params, orLocally: data) { try await $0.values($1) }
        guard !json else { return try Console.printJSON(result) }
        for row in result.rows { Console.print("\(row.key.isEmpty ? "–" : row.key)  \(Self.text(row))") }
        if result.rows.isEmpty { Console.print("nothing was counted in these days") }
        if let waiting = result.waiting { Console.error("\(waiting) records have changed and are not counted yet") }
    }

    private static func text(_ row: MeasuresValues.Row) -> String {
        if row.suppressed == true { return Console.dim("withheld: too few records") }
        guard let value = row.value else { return Console.dim("no value, n \(row.n)") }
        var text = Console.bold(number(value))
        if let low = row.low, let high = row.high { text += "  \(number(low)) to \(number(high))" }
        return text + "  " + Console.dim("n \(row.n)")
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\((value * 10_000).rounded() / 10_000)"
    }
}
