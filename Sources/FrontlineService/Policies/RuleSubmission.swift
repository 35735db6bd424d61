package import DMN
package import FrontlineProtocol
package import Versioning

/// A source that somebody wants to put in force under a policy's name.
package struct RuleSubmission: Sendable {
    /// The policy.
    package var name: String
    /// The model, a DMN document; for the signals their file.
    package var source: String
    /// Why; recorded.
    package var note: String?
    /// The files of the model's test cases.
    package var tests: [ModelSource]
    /// Whether it is put in force although test cases fail.
    package var isForced: Bool
    /// What becomes of a source that was published before and is not in force.
    package var republication: Republication

    package init(
        name: String,
        source: String,
        note: String? = nil,
        tests: [ModelSource] = [],
        isForced: Bool = false,
        republication: Republication = .allowed
    ) {
        self.name = name
        self.source = source
        self.note = note
        self.tests = tests
        self.isForced = isForced
        self.republication = republication
    }
}

/// What became of a ``RuleSubmission``.
package struct RulePublication: Sendable {
    /// What the wire tells of it.
    package let result: PolicyPublish.Result
    /// How the source stood before.
    package let standing: Standing
    /// Whether a version was written and put in force.
    package let isNew: Bool
}

/// The outcome of a model's test cases, as publishing needs it.
struct RuleTestVerdict {
    private let report: RuleTestReport

    init(_ report: RuleTestReport) { self.report = report }

    /// What stands against putting the model in force, each with its place.
    var failures: [Finding] { report.failures }

    /// The failure in a sentence; nil when there is none.
    var sentence: String? {
        guard !failures.isEmpty else { return nil }
        guard report.failed > 0 else { return "its test cases cannot be read" }
        return "\(report.failed) of \(report.cases) test cases \(report.failed == 1 ? "fails" : "fail")"
    }

    /// The counts for the wire; nil without any case.
    var counts: PolicyPublish.Cases? {
        guard report.cases > 0 else { return nil }
        return PolicyPublish.Cases(
            cases: report.cases,
            passed: report.passed,
            failed: report.failed,
            skipped: report.skipped
        )
    }
}
