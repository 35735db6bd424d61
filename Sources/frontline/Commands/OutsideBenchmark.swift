import ArgumentParser
import Foundation

/// A benchmark of another program, `frontline-benchmark`, which stands beside this one and has a subcommand of the same name.
protocol OutsideBenchmark: ParsableCommand {
    var arguments: [String] { get }
}

extension OutsideBenchmark {
    /// Becomes that program.
    func run() throws {
        let name = "frontline-benchmark"
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name).path
        let words = [name] + [Self.configuration.commandName].compactMap(\.self) + arguments
        var pointers = words.map { strdup($0) } + [nil]
        execv(path, &pointers)
        throw CommandFailure(
            message: "\(path) cannot be run: \(String(cString: strerror(errno))); build it with "
                + "“swift build -c release --product \(name)” and put it beside frontline"
        )
    }
}

struct BenchmarkResolutionCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "resolution",
        abstract: "Time durable requests, decisions with a long history, and replays of past cases."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkScriptsCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "scripts",
        abstract: "Time the engine of scripts on one thread, and the check of a script of 10,000 steps."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkSuggestionsCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "suggestions",
        abstract: "Play conversations and measure the articles that are pushed to the agent, and what it costs."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkLearningCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "learning",
        abstract: "Replay the use of articles and print what is found before and after it."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkObserveCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "observe",
        abstract: "Time observed turns in process, and what each stage costs."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkEncoderCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "encoder",
        abstract: "Time a sentence encoder on one core and in batches."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkVectorsCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Time the search for the nearest vectors, with and without filters, and measure its recall."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkScriptChoiceCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "script-choice",
        abstract: "Measure which script is offered for what customers say, and what that costs."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkCalendarCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Time business time, and reading a calendar."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkGroupsCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "groups",
        abstract: "Measure how texts are grouped by words and by meaning, and what that costs."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkMeasuresCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "measures",
        abstract: "Time counting and reading figures over an invented year of contacts."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct BenchmarkWorkCommand: OutsideBenchmark {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "Time lists, claims, creation and clocks over a thousand and over a million items of one team."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}
