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
            "Measure the ledger, turns, scripts, suggestions, learning, encoders, vectors, calendars, measures, work; prints JSON lines.",
        subcommands: [
            ResolutionBenchmark.self, ObserveBenchmark.self, ScriptsBenchmark.self, SuggestionsBenchmark.self,
            LearningBenchmark.self, EncoderBenchmark.self, VectorsBenchmark.self, ScriptChoiceBenchmark.self,
            GroupsBenchmark.self, CalendarBenchmark.self, MeasuresBenchmark.self, WorkBenchmark.self,
        ]
    )
}

/// What the benchmarks read and print: a value a line.
enum JSONLine {
    /// The values of a file.
    ///
    /// - Throws: if the file cannot be read, or a line is not JSON.
    static func values(ofFile path: String) throws -> [JSON] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("\(path) cannot be read")
        }
        return try String(decoding: data, as: UTF8.self).split(separator: "\n").map { try JSON(parsing: String($0)) }
    }

    static func print(_ value: some Encodable) throws { Self.print(try JSONEncoding.encode(value)) }

    static func print(_ value: JSON) {
        FileHandle.standardOutput.write(Data(value.serialized() + [UInt8(ascii: "\n")]))
    }
}
