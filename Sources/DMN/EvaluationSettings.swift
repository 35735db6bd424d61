public import FEEL

/// The clock and the bounds of evaluations.
public struct EvaluationSettings {
    /// The bounds.
    public var limits: Limits
    /// The present moment for `now()` and `today()`; by default a fixed moment, so that answers can be repeated.
    public var clock: () -> DateAndTime

    /// Makes settings.
    public init(limits: Limits = Limits(), clock: @escaping () -> DateAndTime = { .epoch }) {
        self.limits = limits
        self.clock = clock
    }
}
