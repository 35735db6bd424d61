public import FEEL

/// The clock and the bounds of evaluations.
public struct EvaluationSettings {
    /// The bounds.
    public var limits: Limits
    /// The present moment for `now()` and `today()`; by default a fixed moment, so that answers can be repeated.
    public var clock: () -> DateAndTime

    /// Whether tables are looked up in their indexes; without them every cell is evaluated, with the same answers.
    package var usesIndexes = true

    /// Makes settings.
    public init(limits: Limits = Limits(), clock: @escaping () -> DateAndTime = { .epoch }) {
        self.limits = limits
        self.clock = clock
    }
}
