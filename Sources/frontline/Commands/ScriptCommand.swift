import ArgumentParser

struct ScriptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "script",
        abstract: "Check, draw and publish scripts, and try what fills them.",
        subcommands: [
            ScriptCheckCommand.self, ScriptGraphCommand.self, ScriptPublishCommand.self, ScriptExtractCommand.self,
        ]
    )
}
