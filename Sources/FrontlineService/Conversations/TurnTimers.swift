import Assist
import Metrics

/// Times the stages of every observed turn, through swift-metrics.
enum TurnTimers {
    /// A meter that reports to the metrics system as it is set up now.
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
