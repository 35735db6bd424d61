import ArgumentParser

struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Check, test, simulate and publish decision models (DMN).",
        subcommands: [
            RulesCheckCommand.self, RulesTestCommand.self, RulesSimulateCommand.self, RulesPublishCommand.self,
        ]
    )
}
