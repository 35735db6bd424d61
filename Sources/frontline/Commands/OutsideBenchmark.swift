import ArgumentParser
import Foundation

/// Benchmarks that are a program of their own, `frontline-benchmark`, which stands beside this one.
enum BenchmarkProgram {
    private static let name = "frontline-benchmark"

    /// Becomes that program.
    static func run(_ benchmark: String, _ arguments: [String]) throws -> Never {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name).path
        let words = [name, benchmark] + arguments
        var pointers = words.map { strdup($0) } + [nil]
        execv(path, &pointers)
        throw CommandFailure(
            message: "\(path) cannot be run: \(String(cString: strerror(errno))); build it with "
                + "“swift build -c release --product \(name)” and put it beside frontline"
        )
    }
}

struct BenchmarkResolutionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolution",
        abstract: "Time durable requests, decisions with a long history, and replays of past cases."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []

    func run() throws { try BenchmarkProgram.run("resolution", arguments) }
}

struct BenchmarkScriptsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scripts",
        abstract: "Time the engine of scripts on one thread, and the check of a script of 10,000 steps."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []

    func run() throws { try BenchmarkProgram.run("scripts", arguments) }
}

struct BenchmarkSuggestionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggestions",
        abstract: "Play conversations and measure the articles that are pushed to the agent, and what it costs."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []

    func run() throws { try BenchmarkProgram.run("suggestions", arguments) }
}

struct BenchmarkObserveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "observe",
        abstract: "Time observed turns in process, and what each stage costs."
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []

    func run() throws { try BenchmarkProgram.run("observe", arguments) }
}
