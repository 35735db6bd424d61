import Alerts
import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import Vocabulary

struct SignalsTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Print the signals that are found in utterances, with the words that were found.",
        discussion: """
            Every argument is an utterance; several words without quotes are one. The signals are those of a file, of a \
            server, or those in force in the data folder. What must be said in a whole conversation is not tried.

            frontline signals test "I want to cancel, this is a joke" --file rules/signals.yaml
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "What is said.") var texts: [String]
    @Option(help: "Whose words they are: customer, agent, bot, supervisor or system.") var speaker = "customer"
    @Option(help: "A file of signals, instead of those in force.", completion: .file(extensions: ["yaml"]))
    var file: String?
    @Flag(help: "Print a JSON object an utterance.") var json = false

    private struct Line: Encodable {
        struct Found: Encodable {
            let kind: String
            let text: String
            let severity: String?
        }

        let text: String
        let speaker: String
        let signals: [Found]
    }

    func validate() throws {
        guard Speaker(rawValue: speaker) != nil else {
            let known = Speaker.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--speaker is one of \(known)")
        }
    }

    func run() async throws {
        let book = try await book()
        guard let speaker = Speaker(rawValue: speaker) else { return }
        for text in Console.utterances(texts) {
            let found = book.signals(in: text, speaker: speaker)
            if json {
                try Console.printJSON(
                    Line(
                        text: text,
                        speaker: speaker.rawValue,
                        signals: found.map { .init(kind: $0.kind, text: $0.text, severity: $0.severity?.rawValue) }
                    )
                )
                continue
            }
            Console.print(text)
            for signal in found { Console.print("  \(signal.kind): “\(signal.text)”") }
            if found.isEmpty { Console.print("  no signal") }
        }
    }

    private func book() async throws -> SignalBook {
        if let file { return try SignalBook(yaml: try SourceFiles.text(file), file: file) }
        if try connection.isWanted(unless: data) {
            let client = try await connection.open()
            let policy = try await client.call(PolicyGet.self, .init(name: SignalStore.name))
            await client.close()
            return try SignalBook(yaml: policy.source, file: SignalStore.name + ".yaml")
        }
        let book = try data.openExisting().alerts.signals
        guard try await book.current() != nil else {
            throw CommandFailure(message: "no signals were published in \(data.place); name a file with --file")
        }
        return try await book.book()
    }
}
