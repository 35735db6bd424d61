import ArgumentParser
import FrontlineService
import Scripting
import Vocabulary

struct ScriptsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scripts",
        abstract: "Time the engine of scripts on one thread, and the check of a script of 10,000 steps."
    )

    private struct Line: Encodable {
        let engineStepsPerSecond: Int
        let conditionalStepsPerSecond: Int
        let shownStepsPerSecond: Int
        let check10000StepsMs: Int

        enum CodingKeys: String, CodingKey {
            case engineStepsPerSecond = "engine_steps_per_second"
            case conditionalStepsPerSecond = "conditional_steps_per_second"
            case shownStepsPerSecond = "shown_steps_per_second"
            case check10000StepsMs = "check_10000_steps_ms"
        }
    }

    func run() throws {
        let report = ScriptBenchmark.run(clock: Monotonic.nanoseconds)
        try JSONLine.print(
            Line(
                engineStepsPerSecond: Int(report.stepsPerSecond),
                conditionalStepsPerSecond: Int(report.conditionalStepsPerSecond),
                shownStepsPerSecond: Int(report.shownStepsPerSecond),
                check10000StepsMs: Int(report.checkMilliseconds)
            )
        )
    }
}
