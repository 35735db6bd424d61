import Alerts
import ArgumentParser
import BusinessCalendar
import DMN
import Foundation
import FrontlineService
import Measures
import ModelContext
import Redaction
import Resolution
import Scripting
import SignIn
import Texts
import Vocabulary
import Webhooks
import WorkItems

struct RulesCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check models (structure, names, types, gaps, overlaps and dead rules of tables) and lists.",
        discussion:
            "Prints a line for each finding, as file:line: severity: what. The exit code is 1 when one is an error."
    )

    @Argument(
        help:
            """
            Models, {signals,extractors,calendar,work,webhooks,sign-in,tools,telephones}.yaml, {texts,measures}/*.yaml; folders of them.
            """,
        completion: .file(extensions: ["dmn", "yaml"])
    )
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

        init(_ mistake: Mistake) {
            file = mistake.file
            line = mistake.line > 0 ? mistake.line : nil
            severity = "error"
            code = mistake.code
            message = mistake.message
            element = nil
            position = mistake.column > 0 ? mistake.column : nil
        }
    }

    /// What is wrong with a file that is no model.
    private struct Mistake {
        let code: String
        let file: String
        let line: Int
        let column: Int
        let message: String
    }

    /// What is wrong with the signals, extractors, calendars, telephone formats, texts and measures among the paths.
    private func mistakes() -> [Mistake] {
        paths.flatMap { path -> [Mistake] in
            var files = Self.isList(path) ? [path] : (try? RuleFile.list([path])) ?? []
            if !Self.isList(path) {
                files.append(URL(fileURLWithPath: path).appendingPathComponent(Self.telephones).path)
            }
            return files.filter(Self.isList).map { URL(fileURLWithPath: $0) }.flatMap(Self.mistakes)
        }
    }

    private static func mistakes(in url: URL) -> [Mistake] {
        guard let bytes = FileManager.default.contents(atPath: url.path) else { return [] }
        let (yaml, file) = (String(decoding: bytes, as: UTF8.self), url.relativePath)
        do {
            if RuleFile.isText(url) {
                _ = try TextBook(yaml: yaml, locale: url.deletingPathExtension().lastPathComponent, file: file)
            } else if RuleFile.isMeasure(url) {
                let name = url.deletingPathExtension().lastPathComponent
                _ = try MeasureDefinition(yaml: yaml, name: name, file: file)
            } else if url.lastPathComponent == Self.telephones {
                _ = try TelephoneFormats(yaml: yaml, file: file)
            } else if RuleFile.name(of: url) == ExtractorStore.name {
                return ExtractorBook.read(yaml, file: file).diagnostics.map {
                    Mistake(
                        code: "extractors",
                        file: $0.file,
                        line: $0.place.line,
                        column: $0.place.column,
                        message: $0.message
                    )
                }
            } else if RuleFile.name(of: url) == CalendarStore.name {
                _ = try BusinessCalendar(yaml: yaml, file: file)
            } else if RuleFile.name(of: url) == WebhookStore.name {
                _ = try WebhookBook(yaml: yaml, file: file)
            } else if RuleFile.name(of: url) == SignInStore.name {
                _ = try SignInBook(yaml: yaml, file: file)
            } else if RuleFile.name(of: url) == WorkKindStore.name {
                return WorkBook.read(yaml, file: file).findings.map {
                    Mistake(code: "work", file: $0.file, line: $0.line, column: $0.column, message: $0.message)
                }
            } else if RuleFile.name(of: url) == ToolBookStore.name {
                _ = try ToolBook(yaml: yaml, file: file)
            } else {
                _ = try SignalBook(yaml: yaml, file: file)
            }
            return []
        } catch let error as TextError {
            return error.findings.map {
                Mistake(code: "texts", file: $0.file, line: $0.line, column: $0.column, message: $0.message)
            }
        } catch let error as MeasureError {
            return error.findings.map {
                Mistake(code: "measures", file: $0.file, line: $0.line, column: $0.column, message: $0.message)
            }
        } catch let error as CalendarError {
            return error.findings.map {
                Mistake(code: "calendar", file: $0.file, line: $0.line, column: $0.column, message: $0.message)
            }
        } catch let error as ToolBookError {
            return [
                Mistake(code: "tools", file: error.file, line: error.line, column: error.column, message: error.message)
            ]
        } catch let error as WebhookError {
            return error.findings.map {
                Mistake(code: "webhooks", file: $0.file, line: $0.line, column: $0.column, message: $0.message)
            }
        } catch let error as SignInError {
            return error.findings.map {
                Mistake(code: "sign-in", file: $0.file, line: $0.line, column: $0.column, message: $0.message)
            }
        } catch let error as TelephoneFormatError {
            return [Mistake(code: "telephones", file: error.file, line: error.line, column: 0, message: error.message)]
        } catch let error as SignalError {
            return error.findings.map {
                Mistake(code: "signals", file: $0.file, line: $0.line, column: $0.column, message: $0.message)
            }
        } catch {
            return [Mistake(code: "file", file: file, line: 0, column: 0, message: "\(error)")]
        }
    }

    private static let telephones = "telephones.yaml"

    private static func isList(_ path: String) -> Bool { path.hasSuffix(".yaml") }

    /// What stands against publishing a model under the name of its file.
    private static func misfits(_ file: String) -> [Finding] {
        guard URL(fileURLWithPath: file).lastPathComponent == AuthorityPolicy.name + ".dmn",
            let bytes = FileManager.default.contents(atPath: file),
            let model = try? CompiledModel(Array(bytes), file: file)
        else { return [] }
        return AuthorityPolicy.findings(in: model)
    }

    func run() throws {
        let reports = paths.filter { !Self.isList($0) }.map { RuleCheck.run($0) }
        let mistakes = mistakes()
        for mistake in mistakes {
            if json {
                try Console.printJSON(Line(mistake))
            } else {
                Console.print("\(mistake.file):\(mistake.line):\(mistake.column): error: \(mistake.message)")
            }
        }
        let misfits = reports.flatMap(\.files).flatMap(Self.misfits)
        for finding in reports.flatMap(\.findings) + misfits {
            if json { try Console.printJSON(Line(finding)) } else { Console.print("\(finding)") }
        }
        if !json {
            let (files, findings) = (reports.flatMap(\.files), reports.flatMap(\.findings) + misfits)
            let errors = findings.count { $0.severity == .error } + mistakes.count
            Console.error(
                "\(files.count) models, \(errors) errors, \(findings.count + mistakes.count - errors) other findings"
            )
        }
        if !misfits.isEmpty || !mistakes.isEmpty || reports.contains(where: { !$0.isValid }) { throw ExitCode.failure }
    }
}
