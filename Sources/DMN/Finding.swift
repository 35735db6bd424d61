/// One finding about a decision model or one of its test files: what is wrong, where, and how bad it is.
///
/// A finding never carries data of a customer: it names elements of the model and positions in its text.
public struct Finding: Error, Sendable, Hashable {
    /// How bad a finding is.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// The model, or the part named, cannot be used.
        case error
        /// The model can be used and probably does not do what its author meant.
        case warning
        /// Informative; nothing needs to change.
        case note
    }

    /// What kind of finding this is; stable, so that tools may select by it.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case unreadable
        case malformedXML = "malformed_xml"
        case unsupported
        case missing
        case duplicate
        case unknownReference = "unknown_reference"
        case unknownType = "unknown_type"
        case unknownName = "unknown_name"
        case cycle
        case syntax
        case type
        case limit
        case gap
        case overlap
        case unreachableRule = "unreachable_rule"
        case duplicateRule = "duplicate_rule"
        case incompleteAnalysis = "incomplete_analysis"
        case failingCase = "failing_case"
    }

    /// How bad it is.
    public let severity: Severity
    /// What kind of finding it is.
    public let code: Code
    /// What is wrong and what was expected, in one sentence.
    public let message: String
    /// Where it is.
    public let location: Location

    /// Makes a finding.
    public init(_ severity: Severity = .error, _ code: Code, _ message: String, at location: Location = Location()) {
        self.severity = severity
        self.code = code
        self.message = message
        self.location = location
    }
}

extension Finding: CustomStringConvertible {
    /// The finding as one line: `file:line: error: message (where)`.
    public var description: String {
        let place = location.describedPlace
        return location.describedFile + "\(severity.rawValue): \(message)" + (place.isEmpty ? "" : " (\(place))")
    }
}

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
