import ArgumentParser

@main
struct Frontline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frontline",
        abstract: ProductText.summary,
        version: ProductText.version,
        subcommands: [
            ServeCommand.self, TokenCommand.self, CallCommand.self, KnowledgeCommand.self, RulesCommand.self,
            ScriptCommand.self, SignalsCommand.self, SentimentCommand.self, ModelCommand.self, AlertsCommand.self,
            MCPCommand.self,
            WorkCommand.self, WebhookCommand.self, MeasuresCommand.self, AuditCommand.self, CalendarCommand.self,
            ClockCommand.self,
            StoreCommand.self, BackupCommand.self, RestoreCommand.self, DemoCommand.self, BenchmarkCommand.self,
        ]
    )

    /// Runs the command with the exit codes of the product: 0 done, 1 the work failed, 2 usage.
    static func main() async {
        do {
            var command = try parseAsRoot(CommandLineSecrets.takeArguments())
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Termination.exit(for: error)
        }
    }
}
