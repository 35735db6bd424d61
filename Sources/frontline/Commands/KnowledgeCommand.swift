import ArgumentParser

struct KnowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "Import, search and measure articles, and list what is missing.",
        subcommands: [
            KnowledgeImportCommand.self, KnowledgeSearchCommand.self, KnowledgeEvaluateCommand.self,
            KnowledgeGapsCommand.self,
        ]
    )
}
