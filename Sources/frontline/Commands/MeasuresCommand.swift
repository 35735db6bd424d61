import ArgumentParser
import FrontlineProtocol

struct MeasuresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures",
        abstract: "Read figures, what they rest on, and their definitions.",
        discussion: """
            A measure is a file in `rules/measures`, published like every other rule. `list`, `values` and `explain` ask a server, or \
            work on a data folder with --data.
            """,
        subcommands: [
            MeasuresListCommand.self, MeasuresValuesCommand.self, MeasuresExplainCommand.self,
            MeasuresCheckCommand.self,
            MeasuresComputeCommand.self, MeasuresFactsCommand.self,
        ]
    )
}

/// Reads the days and moments of arguments.
enum DayArgument {
    /// A day such as 2026-11-21 or a moment; anything else ends the command as a usage error.
    static func read(_ text: String, option: String) throws -> DayOrTime {
        guard let value = DayOrTime(text) else {
            throw ValidationError("--\(option) is a day such as 2026-11-21, or a time with a zone; found “\(text)”")
        }
        return value
    }
}
