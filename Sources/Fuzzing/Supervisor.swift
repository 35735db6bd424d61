import Foundation

/// Runs a target in child processes and saves the inputs that ended them.
struct Supervisor {
    /// The number of findings after which a target is stopped.
    private static let maximumFindings = 5

    private let target: FuzzTarget
    private let options: Options

    init(_ target: FuzzTarget, _ options: Options) {
        self.target = target
        self.options = options
    }

    /// Runs the target for its time.
    ///
    /// - Returns: the number of inputs that ended the process.
    func run() -> Int {
        let progress = FuzzTarget.scratch("progress").appendingPathComponent(target.name).path
        let end = ContinuousClock.now + .seconds(options.seconds)
        var (next, found): (UInt64, Int) = (options.first, 0)
        while found < Self.maximumFindings {
            let left = (end - ContinuousClock.now) / .seconds(1)
            guard left > 0 else { break }
            let (status, errors) = child(progress, from: next, seconds: left)
            guard let number = Note.read(progress) else {
                Fuzzing.fail("\(target.name): the process did not start", code: 2)
            }
            next = number
            if status == 0 { break }
            found += 1
            keep(number, status, errors)
            next += 1
        }
        tell("\(target.name): \(next - options.first) inputs, \(found) findings, seed \(options.seed)")
        return found
    }

    private func child(_ progress: String, from first: UInt64, seconds: Double) -> (status: Int32, errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "--target", target.name, "--seed", "\(options.seed)", "--first", "\(first)", "--seconds", "\(seconds)",
            "--root", options.root.path, "--progress", progress,
        ]
        let pipe = Pipe()
        process.standardError = pipe
        // No backtrace: symbolicating one takes longer than a run, and the input is known.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        do {
            try process.run()
        } catch {
            Fuzzing.fail("cannot run \(target.name): \(error)", code: 2)
        }
        let errors = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: errors.suffix(2_000), as: UTF8.self))
    }

    /// Prints a line immediately, even if standard output is a file.
    private func tell(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    private func keep(_ number: UInt64, _ status: Int32, _ errors: String) {
        let input = Mutator(corpus: target.corpus(options.root)).input(number, seed: options.seed)
        let file = options.out.appendingPathComponent("fuzz-\(target.name)-\(options.seed)-\(number)")
        try? Data(input).write(to: file)
        let reason =
            status == SIGALRM ? "took longer than \(Child.patience) seconds" : "ended the process with \(status)"
        tell("\(target.name): an input of \(input.count) bytes \(reason): \(file.path)")
        tell("  again: --target \(target.name) --seed \(options.seed) --input \(number)")
        if let line = errors.split(separator: "\n").first { tell("  \(line)") }
    }
}
