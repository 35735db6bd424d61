import ArgumentParser

struct KnowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "Import, search and measure articles.",
        subcommands: [KnowledgeImportCommand.self, KnowledgeSearchCommand.self, KnowledgeEvaluateCommand.self]
    )
}
