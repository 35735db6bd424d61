/// The outcome of one `testCase` element.
public struct RuleTestResult: Sendable {
    /// How a case ended.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// Every result node was as expected.
        case passed
        /// Some result node was not.
        case failed
        /// The case needs an external function, which is not supported.
        case skipped
    }

    /// What one result node expected and got.
    public struct Node: Sendable {
        /// The decision asked for.
        public let name: String
        /// Whether an error, and with it null, was expected.
        public let expectsError: Bool
        /// Whether the answer was as expected.
        public let passed: Bool
        /// What differed; empty when it passed.
        public let message: String
    }

    /// The folder of the test file, with its parent, as in `compliance-level-2/0001-input-data-string`.
    public let folder: String
    /// The test file's name without extension.
    public let file: String
    /// The path of the test file as found.
    public let path: String
    /// The case's id, or its number in the file when it has none.
    public let id: String
    /// The line of the test file on which the case begins, from 1; 0 when unknown.
    public let line: Int
    /// What the result nodes gave.
    public let nodes: [Node]
    /// How the case ended.
    public let outcome: Outcome
    /// Why it failed or was skipped; empty when it passed.
    public let message: String

    /// The failure as a finding at the case's place; nil for a case that did not fail.
    public var finding: Finding? {
        guard outcome == .failed else { return nil }
        return Finding(.error, .failingCase, "case \(id) failed: \(message)", at: Location(file: path, line: line))
    }

    /// Whether any result node expected an error.
    public var expectsError: Bool { nodes.contains { $0.expectsError } }
}
