import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import Vocabulary

struct MeasuresExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "List the contacts behind a value."
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The measure.") var measure: String
    @Argument(help: "The key of the row: all, a day, a week, a month, or a group as team=delivery.") var key: String
    @Option(help: "The day, or any day of the week or month; else a moment.") var at: String
    @Option(help: "Only what has this value of a group, such as team=delivery.") var group: String?
    @Option(help: "How many at most, up to 200.") var limit = 50
    @Flag(help: "Print the answer of the method as JSON.") var json = false

    func run() async throws {
        let params = MeasuresExplain.Params(
            measure: measure,
            key: key,
            at: try DayArgument.read(at, option: "at"),
            group: group,
            limit: limit
        )
        let result = try await connection.ask(MeasuresExplain.self, params, orLocally: data) {
            try await $0.explain($1)
        }
        guard !json else { return try Console.printJSON(result) }
        for contact in result.contacts {
            let record = contact.recordId == contact.conversationId ? "" : "  " + contact.recordId
            Console.print("\(contact.at)  \(contact.conversationId ?? "–")\(record)")
        }
        if result.contacts.isEmpty { Console.print("nothing is behind this") }
        if result.more == true { Console.error("there are more; --limit shows up to 200") }
    }
}
