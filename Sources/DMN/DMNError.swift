/// What stopped a decision model from being read, compiled or evaluated.
public struct DMNError: Error, Sendable, Hashable {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The model has errors; `findings` lists them.
        case invalidModel = "invalid_model"
        /// No decision or decision service has the name asked for, or several have it.
        case unknownDecision = "unknown_decision"
        /// A file or folder cannot be read.
        case unreadable
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, in one sentence.
    public let message: String
    /// The findings behind the failure.
    public let findings: [Finding]

    /// The first finding that stopped the work.
    public var cause: Finding? { findings.first { $0.severity == .error } ?? findings.first }

    /// Makes an error.
    public init(_ code: Code, _ message: String, findings: [Finding] = []) {
        self.code = code
        self.message = message
        self.findings = findings
    }
}

extension DMNError: CustomStringConvertible {
    /// The message with the first finding behind it.
    public var description: String { cause.map { "\(message): \($0)" } ?? message }
}
