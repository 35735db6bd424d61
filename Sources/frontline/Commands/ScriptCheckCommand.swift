import ArgumentParser
import FrontlineService
import Scripting
import Vocabulary

struct ScriptCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check scripts: form, names, types, ways, references, and the cases they carry.",
        discussion: """
            Prints a line for each finding, as file:line:column: severity: what was found and what was expected. Sub-scripts \
            and decision models are looked for in the paths given, beside the scripts and in the folders above. With \
            --knowledge or --data, articles that do not exist or are not published are told as warnings. With a sentence \
            encoder, examples of two scripts that mean the same are told as warnings too. The exit code is 1 when a finding \
            is an error.
            """
    )

    @Argument(help: "Scripts, and folders of them.", completion: .file(extensions: ["yaml", "yml"]))
    var paths: [String]
    @Option(help: "The articles that scripts name: a document, or a folder of them.", completion: .directory)
    var knowledge: String?
    @OptionGroup var data: DataOptions
    @OptionGroup var encoder: EncoderOptions
    @Flag(help: "Print a JSON object a finding instead.") var json = false

    private struct Line: Encodable {
        let file: String
        let line: Int
        let column: Int
        let severity: String
        let code: String
        let message: String
        let step: String?

        init(_ finding: ScriptDiagnostic) {
            file = finding.file
            line = finding.place.line
            column = finding.place.column
            severity = finding.severity.rawValue
            code = finding.code.rawValue
            message = finding.message
            step = finding.step
        }
    }

    func validate() throws {
        guard knowledge == nil || data.given == nil else {
            throw ValidationError("--knowledge and --data exclude each other")
        }
    }

    private func articles() throws -> ScriptSurroundings.Articles? {
        if let knowledge {
            do {
                return try ScriptArticles.inDocuments(knowledge)
            } catch {
                throw CommandFailure(message: "\(error)")
            }
        }
        return data.given == nil ? nil : ScriptArticles.inFolder(try data.openExisting())
    }

    private func similarExamples(_ scripts: ScriptFiles) throws -> [ScriptDiagnostic] {
        guard scripts.files.count > 1 else { return [] }
        return try encoder.open(for: data).map { scripts.similarExamples(by: $0) } ?? []
    }

    func run() throws {
        let scripts = try ScriptFiles.checking(paths, article: articles())
        let files = scripts.files
        let findings = files.flatMap(\.reading.diagnostics) + (try similarExamples(scripts))
        for finding in findings {
            if json { try Console.printJSON(Line(finding)) } else { Console.print("\(finding)") }
        }
        if !json {
            let errors = findings.count { $0.severity == .error }
            let cases = files.compactMap(\.reading.draft).map(\.cases.count).reduce(0, +)
            let others = findings.count - errors
            Console.error("\(files.count) scripts, \(cases) cases, \(errors) errors, \(others) warnings")
        }
        if files.isEmpty || !files.allSatisfy(\.reading.isValid) { throw ExitCode.failure }
    }
}

extension ScriptFiles {
    /// Reads and checks scripts; what cannot be read ends the command with its reason.
    static func checking(_ paths: [String], article: ScriptSurroundings.Articles? = nil) throws -> ScriptFiles {
        do {
            return try ScriptFiles(paths, article: article)
        } catch {
            throw CommandFailure(message: "\(error)")
        }
    }

    /// The same; only the files.
    static func reading(_ paths: [String]) throws -> [File] { try checking(paths).files }
}
