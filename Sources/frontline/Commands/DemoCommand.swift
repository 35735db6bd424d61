import ArgumentParser

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Make demonstration data, of which nothing happened and nobody exists.",
        subcommands: [DemoHistoryCommand.self]
    )
}
