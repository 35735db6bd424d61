public import FEEL

/// The value of a decision and how it came about.
public struct Outcome: Sendable {
    /// The value; null also stands for an error, whose reason is in the explanation.
    public let value: Value
    /// How it came about.
    public let explanation: Explanation
}
