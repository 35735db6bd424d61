import ArgumentParser
import DMN

struct BenchmarkRulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Time decisions on tables of growing size, on one thread.",
        discussion: """
            The folder holds limits-N.dmn, a model with the decision `limit`, and cases-N.json, a list of its inputs. \
            Decisions start from decoded inputs; the explained figure reads the ids of the matching rules.
            """
    )

    @Option(name: .customLong("dmn"), help: "The folder.", completion: .directory) var folder: String

    func run() throws {
        do {
            for measurement in try RuleBenchmark.run(folder) { Console.print(measurement.json) }
        } catch {
            throw CommandFailure(message: "\(error)")
        }
    }
}
