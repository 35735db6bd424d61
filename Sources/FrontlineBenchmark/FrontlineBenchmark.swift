import ArgumentParser
import Foundation
import Vocabulary

/// The program behind those `frontline benchmark` commands that make stores and ledgers of their own to measure: nothing of
/// it is in the product's binary.
@main
struct FrontlineBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frontline-benchmark",
        abstract:
            "Measure the ledger, observed turns, scripts, suggestions, learning, encoders and vectors; prints JSON lines.",
        subcommands: [
            ResolutionBenchmark.self, ObserveBenchmark.self, ScriptsBenchmark.self, SuggestionsBenchmark.self,
            LearningBenchmark.self, EncoderBenchmark.self, VectorsBenchmark.self, ScriptChoiceBenchmark.self,
            GroupsBenchmark.self,
        ]
    )
}

/// What the benchmarks print: a value a line.
enum JSONLine {
    static func print(_ value: some Encodable) throws { Self.print(try JSONEncoding.encode(value)) }

    static func print(_ value: JSON) {
        FileHandle.standardOutput.write(Data(value.serialized() + [UInt8(ascii: "\n")]))
    }
}
