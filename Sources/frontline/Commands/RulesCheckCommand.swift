import ArgumentParser
import DMN
import Foundation
import Resolution

struct RulesCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check models: structure, names, types, and gaps, overlaps and dead rules of their tables.",
        discussion:
            "Prints a line for each finding, as file:line: severity: what. The exit code is 1 when one is an error."
    )

    @Argument(help: "Models, and folders of models.", completion: .file(extensions: ["dmn"])) var paths: [String]
    @Flag(help: "Print a JSON object a finding instead.") var json = false

    private struct Line: Encodable {
        let file: String
        let line: Int?
        let severity: String
        let code: String
        let message: String
        let element: String?
        let position: Int?

        init(_ finding: Finding) {
            file = finding.location.file
            line = finding.location.line > 0 ? finding.location.line : nil
            severity = finding.severity.rawValue
            code = finding.code.rawValue
            message = finding.message
            element = finding.location.element ?? finding.location.elementID
            position = finding.location.position
        }
    }

    /// What stands against publishing a model under the name of its file.
    private static func misfits(_ file: String) -> [Finding] {
        guard URL(fileURLWithPath: file).lastPathComponent == AuthorityPolicy.name + ".dmn",
            let bytes = FileManager.default.contents(atPath: file),
            let model = try? CompiledModel(Array(bytes), file: file)
        else { return [] }
        return AuthorityPolicy.findings(in: model)
    }

    func run() throws {
        let reports = paths.map { RuleCheck.run($0) }
        let misfits = reports.flatMap(\.files).flatMap(Self.misfits)
        for finding in reports.flatMap(\.findings) + misfits {
            if json { try Console.printJSON(Line(finding)) } else { Console.print("\(finding)") }
        }
        if !json {
            let (files, findings) = (reports.flatMap(\.files), reports.flatMap(\.findings) + misfits)
            let errors = findings.count { $0.severity == .error }
            Console.error("\(files.count) models, \(errors) errors, \(findings.count - errors) other findings")
        }
        if !misfits.isEmpty || reports.contains(where: { !$0.isValid }) { throw ExitCode.failure }
    }
}
