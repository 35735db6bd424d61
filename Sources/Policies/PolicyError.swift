package import DMN

/// Why a policy was not published, found or evaluated.
package struct PolicyError: Error, Sendable, CustomStringConvertible {
    /// The kinds a caller may want to tell apart.
    package enum Code: String, Sendable {
        /// There is no such policy, version or decision.
        case notFound
        /// A name or an argument is not what it must be.
        case invalid
        /// The model has errors; the findings list them.
        case invalidModel
        /// Test cases of the model fail; the findings list them.
        case failingCases
        /// The version asked for is in force already.
        case conflict
    }

    /// The kind of failure.
    package let code: Code
    /// What is wrong, in words for the caller.
    package let message: String
    /// The argument at fault, as the caller knows it.
    package let argument: String?
    /// What is wrong with the model.
    package let findings: [Finding]

    package init(_ code: Code, _ message: String, argument: String? = nil, findings: [Finding] = []) {
        self.code = code
        self.message = message
        self.argument = argument
        self.findings = findings
    }

    package var description: String {
        findings.isEmpty ? message : message + ":\n" + findings.map { "  \($0)" }.joined(separator: "\n")
    }
}
