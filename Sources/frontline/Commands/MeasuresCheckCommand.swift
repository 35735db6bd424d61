import ArgumentParser
import Foundation
import FrontlineService
import Measures

struct MeasuresCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check definitions of measures: members, facts, expressions and groups.",
        discussion:
            "Prints a line for each mistake, as file:line:column: error: what. The exit code is 1 when there is one."
    )

    @Argument(help: "Files of measures, and folders of them.", completion: .file(extensions: ["yaml"]))
    var paths: [String]
    @Flag(help: "Print a JSON object a mistake instead.") var json = false

    private struct Line: Encodable {
        let file: String
        let line: Int
        let column: Int
        let message: String
    }

    func run() throws {
        let files = try FileReports.files(paths) { $0.hasSuffix(".yaml") }
        var mistakes = 0
        for file in files {
            do {
                let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
                _ = try MeasureDefinition(yaml: SourceFiles.text(file), name: name, file: file)
            } catch let error as MeasureError {
                mistakes += error.findings.count
                for finding in error.findings { try print(finding) }
            } catch {
                mistakes += 1
                FileReports.report(error, of: file)
            }
        }
        if !json { Console.error("\(files.count) measures, \(mistakes) errors") }
        if mistakes > 0 { throw ExitCode.failure }
    }

    private func print(_ finding: MeasureError.Finding) throws {
        if json {
            try Console.printJSON(
                Line(file: finding.file, line: finding.line, column: finding.column, message: finding.message)
            )
        } else {
            Console.print("\(finding.file):\(finding.line):\(finding.column): error: \(finding.message)")
        }
    }
}
