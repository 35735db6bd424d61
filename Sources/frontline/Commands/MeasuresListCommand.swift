import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Vocabulary

struct MeasuresListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the measures in force, or show one of them in full."
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The measure to show; all of them in short unless given.") var measure: String?
    @Flag(help: "Print the answer of the method as JSON.") var json = false

    func run() async throws {
        if let measure {
            try show(
                await connection.ask(MeasuresGet.self, .init(measure: measure), orLocally: data) {
                    try await $0.get($1)
                }
            )
        } else {
            try show(await connection.ask(MeasuresList.self, .init(), orLocally: data) { try await $0.list($1) })
        }
    }

    private func show(_ result: MeasuresList.Result) throws {
        guard !json else { return try Console.printJSON(result) }
        for measure in result.measures {
            let groups = measure.groups.isEmpty ? "" : ", by \(measure.groups.joined(separator: ", "))"
            let figures = "\(measure.statistic) of \(measure.population.rawValue) in \(measure.unit)\(groups)"
            Console.print("\(Console.bold(measure.name))  \(measure.title)  \(Console.dim(figures))")
        }
        if result.measures.isEmpty { Console.print("no measures are in force") }
    }

    private func show(_ result: MeasuresGet.Result) throws {
        guard !json else { return try Console.printJSON(result) }
        let measure = result.measure
        Console.print("\(Console.bold(measure.name))  \(measure.title)  \(Console.dim("version \(measure.version)"))")
        if let note = result.note { Console.print(note) }
        Console.print("\(measure.statistic) of \(measure.population.rawValue) in \(measure.unit)")
        for member in ["where", "exclude", "of", "per"] {
            if let text = result.expressions[member] { Console.print("  \(member): \(text)") }
        }
        Console.print("by \((["day", "week", "month"] + measure.groups).joined(separator: ", "))")
        Console.print("interval: \(result.interval ?? "none"); no value below \(result.least) (\(result.suppression))")
        Console.print("for \(result.audience) and above; \(result.owner) answers for it")
    }
}

extension ConnectionOptions {
    /// Asks a server, or a data folder that the command works on itself.
    func ask<M: FrontlineMethod>(
        _ method: M.Type,
        _ params: M.Params,
        orLocally data: DataOptions,
        _ local: (LocalMeasures, M.Params) async throws -> M.Result
    ) async throws -> M.Result {
        guard try isWanted(unless: data) else {
            try M.validate(params)
            return try await local(LocalMeasures(data.openExisting()), params)
        }
        let client = try await open()
        let result = try await client.call(method, params)
        await client.close()
        return result
    }
}
