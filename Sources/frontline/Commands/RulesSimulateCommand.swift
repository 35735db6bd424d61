import ArgumentParser
import DMN
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import Policies
import Resolution
import Storage
import Vocabulary

struct RulesSimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Replay past cases on drafts: what would be decided otherwise, how much money moves, and why.",
        discussion: """
            A draft is tried under the name of its file, on the requests in the data folder, on those of a server, or on a \
            file with a case a line: {"case_id"?, "outcome", "request", "agent", "customer", "history", "context"?, "now", \
            "because"?}. Prints a line of JSON a draft; the exit code is 1 when one has errors. Nothing is published.
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "Models, and folders of them.", completion: .file(extensions: ["dmn"])) var paths: [String]
    @Option(help: "A file with a case a line, instead of the recorded requests.", completion: .file())
    var cases: String?
    @Option(help: "Only cases of this time or later, in RFC 3339.") var since: String?

    func run() async throws {
        let since = try since.map { text in
            guard let moment = Timestamp(text) else { throw ValidationError("“\(text)” is no time in RFC 3339") }
            return moment
        }
        let files = try FileReports.files(paths) { $0.hasSuffix(".dmn") }
        let simulate = try await simulator(since)
        var failed = false
        for file in files {
            do {
                let source = try SourceFiles.text(file)
                try Console.printJSON(try await simulate(SourceFiles.stem(of: file), source))
            } catch {
                FileReports.report(error, of: file)
                failed = true
            }
        }
        if failed { throw ExitCode.failure }
    }

    private func simulator(
        _ since: Timestamp?
    ) async throws -> (String, String) async throws -> PolicySimulate.Result {
        if let cases {
            let lines = try Self.lines(of: cases)
            return { name, source in
                let (result, fault) = try await PolicySimulation(Self.draft(name, source)).run(lines: lines)
                if let fault { Console.error("\(cases): \(fault)") }
                return result
            }
        }
        if try connection.isWanted(unless: data) {
            let client = try await connection.open()
            return { name, source in
                try await client.call(PolicySimulate.self, .init(name: name, source: source, since: since))
            }
        }
        let folder = try data.open()
        let calls = try LocalCalls(folder)
        return { try await calls.simulate(.init(name: $0, source: $1, since: since)) }
    }

    private static func lines(of file: String) throws -> [UInt8] {
        do {
            return Array(try SourceFiles.text(file).utf8)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// A model of a file, without a data folder.
    private static func draft(_ name: String, _ source: String) throws -> Policy {
        let model = try CompiledModel(Array(source.utf8), file: name + ".dmn")
        let errors = (model.findings + AuthorityPolicy.findings(in: model)).filter { $0.severity == .error }
        guard errors.isEmpty else {
            throw PolicyError(.invalidModel, "the model has errors", argument: "source", findings: errors)
        }
        return Policy(name: name, version: 0, sha256: ContentHash.sha256(source), model: model)
    }
}
