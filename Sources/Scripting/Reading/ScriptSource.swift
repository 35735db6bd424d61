import StrictYAML
import Yams

/// The source text of a script: parses it as YAML within limits, and locates places inside values.
struct ScriptSource {
    let text: String
    private let lines: [Substring]

    init(_ text: String) {
        self.text = text
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    /// The root of the only document, with its description in messages; nil, with a finding, if there is none.
    func root(_ findings: ScriptFindings, what: String = "the script") -> ScriptNode? {
        do throws(YAMLProblem) {
            if let node = try YAMLSource(text, limits: ScriptLimits.yaml).root() {
                return ScriptNode(node: node, findings: findings, what: what)
            }
            findings.error(.yaml, "the source is empty, expected \(what)", at: ScriptPlace())
        } catch {
            report(error, findings)
        }
        return nil
    }

    private func report(_ problem: YAMLProblem, _ findings: ScriptFindings) {
        let place = ScriptPlace(line: problem.line, column: problem.column)
        switch problem.kind {
        case .syntax: findings.error(.yaml, "not YAML: \(problem.detail)", at: place)
        case .duplicate: findings.error(.duplicate, problem.duplicates ?? problem.detail, at: place)
        case .character(let offset):
            findings.error(.yaml, "not YAML: \(problem.detail)", at: self.place(offset: offset ?? 0))
        case .tooLong: findings.error(.yaml, "the source is \(problem.detail)", at: ScriptPlace())
        case .limit: findings.error(.yaml, "the source is too large: \(problem.detail)", at: ScriptPlace())
        case .other: findings.error(.yaml, "not YAML", at: ScriptPlace())
        }
    }

    private func place(offset: Int) -> ScriptPlace {
        var place = (line: 1, column: 1)
        for byte in text.utf8.prefix(offset) {
            place = byte == UInt8(ascii: "\n") ? (place.line + 1, 1) : (place.line, place.column + 1)
        }
        return ScriptPlace(line: place.line, column: place.column)
    }

    /// The place in the source of a position inside a scalar; the start of the scalar if it is folded.
    func place(in node: ScriptNode, line: Int, column: Int) -> ScriptPlace {
        let start = node.place
        guard let scalar = node.node.scalar else { return start }
        switch scalar.style {
        case .literal:
            let text = start.line + line
            guard text <= lines.count else { return start }
            // The lines of a literal block are indented like its first line.
            let indent =
                lines[start.line...].first { !$0.allSatisfy { $0 == " " || $0 == "\r" } }
                .map { $0.prefix { $0 == " " }.count } ?? 0
            return ScriptPlace(line: text, column: indent + column)
        case .folded: return start
        case .singleQuoted, .doubleQuoted:
            return line == 1 ? ScriptPlace(line: start.line, column: start.column + column) : start
        default: return line == 1 ? ScriptPlace(line: start.line, column: start.column + column - 1) : start
        }
    }
}
