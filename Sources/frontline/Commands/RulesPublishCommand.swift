import ArgumentParser
import DMN
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Policies
import Vocabulary

struct RulesPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Put models, signals, extractors, texts and the calendar in force, each under the name of its file.",
        discussion: """
            The test cases of a model are run first: those that `rules test` finds beside it and in the folders beside it, \
            as in tests/. Prints a line of JSON a model. What is wrong goes to standard error, with line and cell; the \
            exit code is 1 when a model has errors or a case fails, or while policies are frozen by the calendar; the others \
            are published. Models that import others may stand in any order. The calendar comes last, so that its \
            freezes hold for what comes after.
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Argument(
        help: "Models, {signals,extractors,calendar,work,tools}.yaml, {texts,measures}/*.yaml, and folders of them.",
        completion: .file(extensions: ["dmn", "yaml"])
    )
    var paths: [String]
    @Option(help: "Why; recorded.") var note: String?
    @Flag(help: "Publish although test cases fail, which the version says, or the calendar has a freeze; recorded.")
    var force = false

    func run() async throws {
        let files = try FileReports.listing { () throws(FileError) in try RuleFile.list(paths) }
        let publish = try await publisher()
        let failures = await RepeatedAttempts.run(files) { file in
            let submission = RuleSubmission(
                name: RuleFile.name(of: file) ?? SourceFiles.stem(of: file),
                source: try SourceFiles.text(file),
                note: note,
                tests: try RuleTestFiles.sources(of: file),
                isForced: force
            )
            let result = try await publish(submission)
            for warning in result.warnings { Console.error("\(file): warning: \(warning)") }
            try Console.printJSON(result)
        }
        for (file, error) in failures { report(error, of: file) }
        if !failures.isEmpty { throw ExitCode.failure }
    }

    private func report(_ error: any Error, of file: String) {
        FileReports.report(error, of: file)
        if Self.isForFailingCases(error) {
            Console.error("\(file): mend the model or its cases; --force publishes it all the same")
        }
    }

    private static func isForFailingCases(_ error: any Error) -> Bool {
        if let error = error as? PolicyError { return error.code == .failingCases }
        return (error as? RPCError)?.path == "params.tests"
    }

    private func publisher() async throws -> (RuleSubmission) async throws -> PolicyPublish.Result {
        if try connection.isWanted(unless: data) {
            let client = try await connection.open()
            return { try await client.call(PolicyPublish.self, .init($0)) }
        }
        let folder = try data.open()
        return { try await RuleShelf(folder).publish($0, by: .commandLine, now: folder.now()).result }
    }
}

extension PolicyPublish.Params {
    /// The call that publishes this.
    fileprivate init(_ submission: RuleSubmission) {
        self.init(
            name: submission.name,
            source: submission.source,
            note: submission.note,
            tests: submission.tests.isEmpty
                ? nil
                : submission.tests.map { test in
                    PolicyPublish.TestFile(file: test.file, source: String(decoding: test.bytes, as: UTF8.self))
                },
            force: submission.isForced ? true : nil
        )
    }
}
