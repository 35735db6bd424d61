/// The outcome of a run of test-case files.
public struct RuleTestReport: Sendable {
    /// The cases in the order of the files.
    public let results: [RuleTestResult]
    /// Files that could not be read, and models that could not be compiled.
    public let findings: [Finding]

    /// The number of cases.
    public var cases: Int { results.count }
    /// The number of cases that passed.
    public var passed: Int { count(.passed) }
    /// The number of cases that failed.
    public var failed: Int { count(.failed) }
    /// The number of cases that were skipped.
    public var skipped: Int { count(.skipped) }

    /// Whether there was something to run, nothing failed and every file could be read.
    public var isSuccess: Bool {
        failed == 0 && !findings.contains { $0.severity == .error }
    }

    /// What stands against publishing the model: files that cannot be read, then the cases that failed.
    public var failures: [Finding] {
        findings.filter { $0.severity == .error } + results.compactMap(\.finding)
    }

    /// The number of cases with this outcome, of those that expect an error or a value.
    ///
    /// - Parameters:
    ///   - outcome: How the case ended.
    ///   - expectsError: Only cases that do, or do not, expect an error; nil for all.
    /// - Returns: The number of cases.
    public func count(_ outcome: RuleTestResult.Outcome, expectsError: Bool? = nil) -> Int {
        results.count { $0.outcome == outcome && (expectsError == nil || $0.expectsError == expectsError) }
    }

    /// The results in the form of the public conformance suite: quoted columns folder, file, case, result, remark.
    public var csv: String {
        results.map { result in
            [result.folder, result.file, result.id, result.outcome.suiteName, result.message]
                .map { "\"" + $0.replacing("\"", with: "\"\"").replacing("\n", with: " ") + "\"" }
                .joined(separator: ",")
        }
        .joined(separator: "\n") + (results.isEmpty ? "" : "\n")
    }
}

extension RuleTestResult.Outcome {
    /// The word the public suite uses.
    var suiteName: String {
        switch self {
        case .passed: "SUCCESS"
        case .failed: "ERROR"
        case .skipped: "IGNORED"
        }
    }
}
