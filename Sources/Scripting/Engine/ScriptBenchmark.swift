import Vocabulary

/// Measures the engine and the reader, without a server.
package enum ScriptBenchmark {
    /// The figures measured.
    package struct Report: Sendable {
        /// Engine steps per second: say steps, choices and numbers, in sessions of twenty steps.
        package let stepsPerSecond: Double
        /// The same with a condition on every fourth step.
        package let conditionalStepsPerSecond: Double
        /// Steps per second including the view of the state after each, with rendered texts.
        package let shownStepsPerSecond: Double
        /// Milliseconds to read and check a script of 10,000 steps.
        package let checkMilliseconds: Double
    }

    private static let sessionLength = 20

    /// Runs the benchmark for about four seconds.
    ///
    /// - Parameter nanoseconds: a monotonic clock.
    /// - Returns: the figures.
    package static func run(clock nanoseconds: () -> UInt64) -> Report {
        Report(
            stepsPerSecond: rate(isConditional: false, shows: false, nanoseconds),
            conditionalStepsPerSecond: rate(isConditional: true, shows: false, nanoseconds),
            shownStepsPerSecond: rate(isConditional: false, shows: true, nanoseconds),
            checkMilliseconds: checkTime(nanoseconds)
        )
    }

    private static func source(steps: Int, isConditional: Bool) -> String {
        var lines = ["script: benchmark", "variables: {total: number}", "start: s0", "steps:"]
        for position in 0..<steps {
            let next = position + 1 == steps ? "end" : "s\(position + 1)"
            switch position % 4 {
            case 0: lines.append("  s\(position): {say: \"Hello {{customer.name}}, step \(position).\", next: \(next)}")
            case 1:
                lines.append("  s\(position): {ask: q, choices: [{label: A, next: \(next)}, {label: B, next: end}]}")
            case 2: lines.append("  s\(position): {ask: q, field: total, type: number, next: \(next)}")
            default:
                let way = isConditional ? "[{when: total > 100, go: end}, {go: \(next)}]" : next
                lines.append("  s\(position): {say: \"Step \(position).\", next: \(way)}")
            }
        }
        return (lines + ["  end: {end: done}"]).joined(separator: "\n")
    }

    private static func rate(isConditional: Bool, shows: Bool, _ nanoseconds: () -> UInt64) -> Double {
        let text = source(steps: sessionLength, isConditional: isConditional)
        guard let definition = ScriptReader.read(text, file: "").definition else { return 0 }
        let engine = ScriptEngine(library: ScriptLibrary([definition]))
        let answers: [JSON?] = [nil, "A", 20, nil]
        let subject = ScriptSubject(customer: ["name": "Ada"])
        var secrets = ScriptSecrets()
        var steps = 0
        let start = nanoseconds()
        while nanoseconds() - start < 1_000_000_000 {
            guard
                var (state, _) = try? engine.start("benchmark", version: 1, subject: subject, now: 0, secrets: &secrets)
            else { return 0 }
            for position in 0..<sessionLength {
                let event = ScriptEvent.advance(answers[position % 4])
                guard (try? engine.apply(event, to: &state, secrets: &secrets, now: 0)) != nil else { return 0 }
                if shows { precondition(engine.view(state, secrets: secrets).status != .waiting) }
            }
            steps += sessionLength
        }
        return Double(steps) / Double(nanoseconds() - start) * 1e9
    }

    private static func checkTime(_ nanoseconds: () -> UInt64) -> Double {
        let text = source(steps: 10_000, isConditional: true)
        let start = nanoseconds()
        precondition(ScriptCheck.run(text, file: "").isValid)
        return Double(nanoseconds() - start) / 1e6
    }
}
