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
        guard isWithinBounds(findings) else { return nil }
        do {
            guard let node = try Yams.compose(yaml: text, .basic, .default, .utf8) else {
                findings.error(.yaml, "the source is empty, expected \(what)", at: ScriptPlace())
                return nil
            }
            var budget = ScriptLimits.nodes
            guard Self.fits(node, depth: ScriptLimits.depth, budget: &budget) else {
                let message = "the source has more than \(ScriptLimits.nodes) values or nests deeper than "
                findings.error(.yaml, message + "\(ScriptLimits.depth), aliases expanded", at: ScriptPlace())
                return nil
            }
            return ScriptNode(node: node, findings: findings, what: what)
        } catch let error as YamlError {
            report(error, findings)
        } catch {
            findings.error(.yaml, "not YAML: \(error)", at: ScriptPlace())
        }
        return nil
    }

    /// Checks sizes before parsing: aliases can turn a small text into a huge value, and deep nesting exhausts the
    /// stack.
    private func isWithinBounds(_ findings: ScriptFindings) -> Bool {
        guard text.utf8.count <= ScriptLimits.sourceBytes else {
            findings.error(.yaml, "the source is longer than \(ScriptLimits.sourceBytes) bytes", at: ScriptPlace())
            return false
        }
        let marks = AliasScan(text)
        guard marks.anchors > 0, marks.aliases > 0 else { return true }
        guard marks.aliases <= ScriptLimits.aliases, text.utf8.count <= ScriptLimits.aliasSourceBytes else {
            let message = "with anchors there are at most \(ScriptLimits.aliases) aliases and "
            findings.error(.yaml, message + "\(ScriptLimits.aliasSourceBytes) bytes", at: ScriptPlace())
            return false
        }
        return true
    }

    private static func fits(_ node: Node, depth: Int, budget: inout Int) -> Bool {
        budget -= 1
        guard budget > 0, depth > 0 else { return false }
        switch node {
        case .sequence(let list):
            for element in list where !fits(element, depth: depth - 1, budget: &budget) { return false }
        case .mapping(let map):
            for (key, value) in map {
                guard fits(key, depth: depth - 1, budget: &budget), fits(value, depth: depth - 1, budget: &budget)
                else { return false }
            }
        default: break
        }
        return true
    }

    private func report(_ error: YamlError, _ findings: ScriptFindings) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            findings.error(.yaml, "not YAML: \(problem)", at: ScriptPlace(line: mark.line, column: mark.column))
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.prefix(5).map { "“\(ScriptNode.short($0))”" }.joined(separator: ", ")
            let place = ScriptPlace(line: context.mark.line, column: context.mark.column)
            findings.error(.duplicate, "\(names) occurs twice in one map, expected once", at: place)
        case .reader(let problem, let offset, _, _):
            findings.error(.yaml, "not YAML: \(problem)", at: place(offset: offset ?? 0))
        default: findings.error(.yaml, "not YAML", at: ScriptPlace())
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

/// Counts apparent anchors and aliases without parsing YAML.
///
/// It may count too many, because of texts, but never too few, since both can only occur where a value can begin.
struct AliasScan {
    private(set) var anchors = 0
    private(set) var aliases = 0

    init(_ text: String) {
        var previous = UInt8(ascii: "\n")
        var mark: UInt8 = 0
        for byte in text.utf8 {
            if mark != 0, byte > UInt8(ascii: " ") {
                if mark == UInt8(ascii: "&") { anchors += 1 } else { aliases += 1 }
            }
            let begins = previous <= UInt8(ascii: " ") || Self.openers.contains(previous)
            mark = begins && (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*")) ? byte : 0
            previous = byte
        }
    }

    private static let openers = Set("[]{},:?-\"'!|>&".utf8)
}
