import ArgumentParser
import Vocabulary

struct BenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measure this machine; prints JSON lines.",
        subcommands: [
            BenchmarkSearchCommand.self, BenchmarkRulesCommand.self, BenchmarkSentimentCommand.self,
            BenchmarkResolutionCommand.self,
            BenchmarkRPCCommand.self, BenchmarkScriptsCommand.self, BenchmarkSuggestionsCommand.self,
            BenchmarkLearningCommand.self, BenchmarkObserveCommand.self, BenchmarkEncoderCommand.self,
            BenchmarkVectorsCommand.self,
            BenchmarkScriptChoiceCommand.self, BenchmarkGroupsCommand.self, BenchmarkCalendarCommand.self,
            BenchmarkMeasuresCommand.self, BenchmarkWorkCommand.self,
        ]
    )
}
