public import FEEL

/// The clock and the bounds of evaluations.
public struct EvaluationSettings {
    /// The bounds.
    public var limits: Limits
    /// The present moment for `now()` and `today()`; by default a fixed moment, so that answers can be repeated.
    public var clock: () -> DateAndTime

    /// Whether tables are looked up in their indexes; without them every cell is evaluated, with the same answers.
    package var usesIndexes = true

    /// Bounds that end any evaluation within about a second: those of the language with fewer steps.
    public static var defaultLimits: Limits {
        var limits = Limits()
        limits.steps = 2_000_000
        return limits
    }

    /// Makes settings.
    public init(limits: Limits = Self.defaultLimits, clock: @escaping () -> DateAndTime = { .epoch }) {
        self.limits = limits
        self.clock = clock
    }
}
