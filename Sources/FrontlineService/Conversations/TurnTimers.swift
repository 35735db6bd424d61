import Assist
import Metrics

/// Reports the durations of the stages of observed turns to swift-metrics.
enum TurnTimers {
    /// Creates a meter that reports to the current metrics system.
    static func meter() -> StageMeter {
        let timers = Dictionary(
            uniqueKeysWithValues: TurnStage.allCases.map { stage in
                (stage, Timer(label: "frontline_turn_stage_seconds", dimensions: [("stage", stage.rawValue)]))
            }
        )
        return StageMeter(nanoseconds: { Monotonic.nanoseconds() }) { stage, duration in
            timers[stage]?.recordNanoseconds(Int64(clamping: duration))
        }
    }
}
