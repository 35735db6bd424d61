import ArgumentParser
import DMN
import Foundation
import Vocabulary

struct RulesTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run test-case files (DMN TCK) against the models they name.",
        discussion: """
            A model is sought beside its test file, then in the parent folder. A line is printed for each case that fails, \
            and last a line of JSON: {"cases", "passed", "failed", "skipped"}. The exit code is 1 when a case fails.
            """
    )

    @Argument(help: "Test files, and folders of them.", completion: .file(extensions: ["xml"])) var paths: [String]
    @Option(help: "Write the results as the conformance suite's CSV.", completion: .file()) var results: String?
    @Flag(help: "Also print the counts by what a case expects, an error or a value.") var split = false

    private struct Line: Encodable {
        let cases: Int
        let passed: Int
        let failed: Int
        let skipped: Int
    }

    private struct SplitLine: Encodable {
        let expects: String
        let passed: Int
        let failed: Int
        let skipped: Int

        init(_ expects: String, _ report: RuleTestReport, expectsError: Bool) {
            self.expects = expects
            passed = report.count(.passed, expectsError: expectsError)
            failed = report.count(.failed, expectsError: expectsError)
            skipped = report.count(.skipped, expectsError: expectsError)
        }
    }

    func run() throws {
        let report = RuleTests.run(paths: paths)
        for finding in report.findings { Console.error("\(finding)") }
        for finding in report.results.compactMap(\.finding) { Console.print("\(finding)") }
        if let results { try Data(report.csv.utf8).write(to: URL(fileURLWithPath: results)) }
        if split {
            try Console.printJSON(SplitLine("error", report, expectsError: true))
            try Console.printJSON(SplitLine("value", report, expectsError: false))
        }
        try Console.printJSON(
            Line(cases: report.cases, passed: report.passed, failed: report.failed, skipped: report.skipped)
        )
        if !report.isSuccess { throw ExitCode.failure }
    }
}
