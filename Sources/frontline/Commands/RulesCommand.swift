import ArgumentParser

struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Check, test and publish decision models (DMN).",
        subcommands: [RulesCheckCommand.self, RulesTestCommand.self, RulesPublishCommand.self]
    )
}
