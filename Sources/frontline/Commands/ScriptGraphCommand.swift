import ArgumentParser
import FrontlineService
import Scripting
import Vocabulary

struct ScriptGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Print scripts as flowcharts of Mermaid.",
        discussion:
            "Errors go to standard error; the exit code is 1 when a script has some. Its graph is printed all the same."
    )

    @Argument(help: "Scripts, and folders of them.", completion: .file(extensions: ["yaml", "yml"]))
    var paths: [String]

    func run() throws {
        let files = try ScriptFiles.reading(paths)
        for file in files {
            if files.count > 1 { Console.print("%% \(file.path)") }
            if let draft = file.reading.draft { Console.printText(draft.mermaid) }
            for finding in file.reading.diagnostics where finding.severity == .error { Console.error("\(finding)") }
        }
        if files.isEmpty || !files.allSatisfy(\.reading.isValid) { throw ExitCode.failure }
    }
}
