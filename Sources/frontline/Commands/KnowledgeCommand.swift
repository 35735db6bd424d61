import ArgumentParser

struct KnowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "Import, search and measure articles, list what is missing, and show what was learned from use.",
        subcommands: [
            KnowledgeImportCommand.self, KnowledgeSearchCommand.self, KnowledgeNeighboursCommand.self,
            KnowledgeEvaluateCommand.self, KnowledgeGapsCommand.self,
        ]
    )
}
