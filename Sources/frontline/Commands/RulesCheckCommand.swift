import Alerts
import ArgumentParser
import DMN
import Foundation
import Resolution

struct RulesCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check models (structure, names, types, gaps, overlaps and dead rules of tables) and signals.yaml.",
        discussion:
            "Prints a line for each finding, as file:line: severity: what. The exit code is 1 when one is an error."
    )

    @Argument(help: "Models, signals.yaml, and folders of them.", completion: .file(extensions: ["dmn", "yaml"]))
    var paths: [String]
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

        init(_ finding: SignalError.Finding) {
            file = finding.file
            line = finding.line > 0 ? finding.line : nil
            severity = "error"
            code = "signals"
            message = finding.message
            element = nil
            position = finding.column > 0 ? finding.column : nil
        }
    }

    /// What is wrong with the files of signals among the paths.
    private func signalFindings() -> [SignalError.Finding] {
        paths.flatMap { path -> [SignalError.Finding] in
            let inside = URL(fileURLWithPath: path).appendingPathComponent("signals.yaml").path
            let file = Self.isSignals(path) ? path : inside
            guard let bytes = FileManager.default.contents(atPath: file) else { return [] }
            do throws(SignalError) {
                _ = try SignalBook(yaml: String(decoding: bytes, as: UTF8.self), file: file)
                return []
            } catch {
                return error.findings
            }
        }
    }

    private static func isSignals(_ path: String) -> Bool { path.hasSuffix(".yaml") }

    /// What stands against publishing a model under the name of its file.
    private static func misfits(_ file: String) -> [Finding] {
        guard URL(fileURLWithPath: file).lastPathComponent == AuthorityPolicy.name + ".dmn",
            let bytes = FileManager.default.contents(atPath: file),
            let model = try? CompiledModel(Array(bytes), file: file)
        else { return [] }
        return AuthorityPolicy.findings(in: model)
    }

    func run() throws {
        let reports = paths.filter { !Self.isSignals($0) }.map { RuleCheck.run($0) }
        let signals = signalFindings()
        for finding in signals {
            if json {
                try Console.printJSON(Line(finding))
            } else {
                Console.print("\(finding.file):\(finding.line):\(finding.column): error: \(finding.message)")
            }
        }
        let misfits = reports.flatMap(\.files).flatMap(Self.misfits)
        for finding in reports.flatMap(\.findings) + misfits {
            if json { try Console.printJSON(Line(finding)) } else { Console.print("\(finding)") }
        }
        if !json {
            let (files, findings) = (reports.flatMap(\.files), reports.flatMap(\.findings) + misfits)
            let errors = findings.count { $0.severity == .error } + signals.count
            Console.error(
                "\(files.count) models, \(errors) errors, \(findings.count + signals.count - errors) other findings"
            )
        }
        if !misfits.isEmpty || !signals.isEmpty || reports.contains(where: { !$0.isValid }) { throw ExitCode.failure }
    }
}
