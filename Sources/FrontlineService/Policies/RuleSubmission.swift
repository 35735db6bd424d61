package import DMN
package import FrontlineProtocol
import Logging
package import Versioning

/// A source to publish under a policy name.
package struct RuleSubmission: Sendable {
    /// The name of the policy.
    package var name: String
    /// The DMN document of a model, or the file of signals or texts.
    package var source: String
    /// The reason, which is recorded.
    package var note: String?
    /// The files of the model's test cases.
    package var tests: [ModelSource]
    /// Whether to publish it even if test cases fail or a freeze holds.
    package var isForced: Bool
    /// How to treat a source that was published before and is not in force.
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

/// The result of a ``RuleSubmission``.
package struct RulePublication: Sendable {
    /// The result for the wire.
    package let result: PolicyPublish.Result
    /// The standing of the source before.
    package let standing: Standing
    /// Whether a version was written and put into force.
    package let isNew: Bool
}

/// The outcome of a model's test cases, for publishing.
struct RuleTestVerdict {
    private let report: RuleTestReport

    init(_ report: RuleTestReport) { self.report = report }

    /// The failures that prevent publishing, each with its place.
    var failures: [Finding] { report.failures }

    /// The failures in a sentence; nil if there are none.
    var sentence: String? {
        guard !failures.isEmpty else { return nil }
        guard report.failed > 0 else { return "its test cases cannot be read" }
        return "\(report.failed) of \(report.cases) test cases \(report.failed == 1 ? "fails" : "fail")"
    }

    /// The counts for the wire; nil if there are no cases.
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

extension Services {
    /// Publishes the rules of a folder, like a server at start; failures are logged.
    package func publish(rules folder: String) async {
        await FolderPublication(services: self, logger: Logger(label: "frontline")).run(path: folder)
    }
}
