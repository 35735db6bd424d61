import ArgumentParser

struct SignalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signals",
        abstract: "Try what the signals find in utterances.",
        subcommands: [SignalsTestCommand.self]
    )
}
