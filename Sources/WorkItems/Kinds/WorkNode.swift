import StrictYAML
import Vocabulary
import Yams

/// A mistake in a file of kinds, with its place.
package struct WorkFinding: Sendable, Hashable, CustomStringConvertible {
    /// The file, as it was named.
    package let file: String
    /// The line, from 1; 0 where the file as a whole is meant.
    package let line: Int
    /// The column, from 1; 0 where the line as a whole is meant.
    package let column: Int
    /// What is wrong and what is expected.
    package let message: String

    /// The place and the mistake in the form that editors understand.
    package var description: String { "\(file):\(line):\(column): \(message)" }
}

/// Collects the mistakes of one file.
final class WorkFindings {
    let file: String
    private(set) var all: [WorkFinding] = []

    init(file: String) { self.file = file }

    func add(_ message: String, at mark: Mark?) { add(message, line: mark?.line ?? 0, column: mark?.column ?? 0) }

    func add(_ message: String, line: Int, column: Int) {
        all.append(WorkFinding(file: file, line: line, column: column, message: message))
    }
}

/// A place in a file of kinds; what does not fit is reported, and reading goes on.
struct WorkNode {
    private static let limits = YAMLSource.Limits(bytes: 1 << 20)

    let node: Node
    let findings: WorkFindings

    /// Reads a whole file; nil, with the reason reported, for what is not YAML.
    static func root(_ yaml: String, _ findings: WorkFindings) -> WorkNode? {
        do throws(YAMLProblem) {
            if let node = try YAMLSource(yaml, limits: limits).root() {
                return WorkNode(node: node, findings: findings)
            }
            findings.add("the file is empty", at: nil)
        } catch {
            let message =
                error.kind == .tooLong
                ? "a file of kinds is at most \(limits.bytes >> 20) MiB long" : error.message()
            findings.add(message, line: error.line, column: error.column)
        }
        return nil
    }

    /// Reports a mistake here.
    func wrong(_ message: String) { findings.add(message, at: node.mark) }

    /// The text; nil for what is no text.
    var scalar: String? { node.scalar?.string }

    /// Whether this is a map.
    var isMap: Bool { node.mapping != nil }

    /// The entries of a map in their order.
    func entries(_ expected: String, most: Int) -> [(key: String, keyNode: WorkNode, value: WorkNode)] {
        guard let map = node.mapping else {
            wrong("expected \(expected)")
            return []
        }
        guard map.count <= most else {
            wrong("expected at most \(most) entries, found \(map.count)")
            return []
        }
        return map.compactMap { key, value in
            let keyNode = WorkNode(node: key, findings: findings)
            guard let name = key.scalar?.string else {
                keyNode.wrong("expected a name")
                return nil
            }
            return (name, keyNode, WorkNode(node: value, findings: findings))
        }
    }

    /// The members of a map whose keys must all be known.
    func members(_ known: [String]) -> [String: WorkNode] {
        var result: [String: WorkNode] = [:]
        for (name, key, value) in entries("a map with \(known.joined(separator: ", "))", most: 100) {
            guard known.contains(name) else {
                key.wrong("unknown member “\(name)”, expected one of \(known.joined(separator: ", "))")
                continue
            }
            result[name] = value
        }
        return result
    }

    /// The elements of a list.
    func elements(_ expected: String, most: Int) -> [WorkNode] {
        guard let list = node.sequence else {
            wrong("expected \(expected)")
            return []
        }
        guard list.count <= most else {
            wrong("expected at most \(most) elements, found \(list.count)")
            return []
        }
        return list.map { WorkNode(node: $0, findings: findings) }
    }

    /// A text that says something.
    func text(_ expected: String, longest: Int = 200) -> String? {
        guard let text = scalar, !text.allSatisfy(\.isWhitespace), text.count <= longest else {
            wrong("expected \(expected), at most \(longest) characters")
            return nil
        }
        return text
    }

    /// A name of small letters, digits, hyphens and underscores.
    func name(_ expected: String) -> String? {
        guard let text = scalar, Self.isName(text) else {
            wrong("expected \(expected): small letters, digits, - and _")
            return nil
        }
        return text
    }

    /// Whether a text can be the name of a kind, a ladder, a field or a choice.
    static func isName(_ text: String) -> Bool {
        let isAllowed = { (character: Character) in
            character.isASCII && (character.isLowercase || character.isNumber || "-_".contains(character))
        }
        return (1...60).contains(text.count) && text.allSatisfy(isAllowed)
    }

    /// True or false.
    func flag() -> Bool? {
        switch scalar {
        case "true": return true
        case "false": return false
        default:
            wrong("expected true or false")
            return nil
        }
    }

    /// One of the raw values of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(of type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let value = scalar.flatMap(Choice.init(rawValue:)) else {
            wrong("expected one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return value
    }

    /// A span of business time such as `90m`, `4h` or `1h30m`.
    func time() -> Duration? {
        guard let text = scalar, let time = WorkTime.read(text) else {
            wrong(
                "expected business time in hours and minutes such as 30m, 4h or 1h30m; a business day has no fixed length"
            )
            return nil
        }
        return time
    }
}

/// Spans of business time as text.
package enum WorkTime {
    /// The longest span: a year of hours around the clock.
    private static let longest = 8_784 * 60

    /// Reads hours and minutes, such as `4h`, `30m` or `1h30m`, from a minute to a year; nil for anything else.
    package static func read(_ text: String) -> Duration? {
        guard let match = text.wholeMatch(of: #/(?:(\d{1,5})h)?(?:(\d{1,6})m)?/#), !text.isEmpty else { return nil }
        let minutes = (match.1.flatMap { Int($0) } ?? 0) * 60 + (match.2.flatMap { Int($0) } ?? 0)
        guard (1...longest).contains(minutes) else { return nil }
        return .seconds(minutes * 60)
    }

    /// Reads a duration of days and time as decision models answer it, such as `PT4H` or `P1DT30M`; nil for anything else.
    package static func read(iso text: String) -> Duration? {
        guard let match = text.wholeMatch(of: #/P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?/#)
        else { return nil }
        let number = { (part: Substring?) in part.flatMap { Int($0) } ?? 0 }
        let seconds = number(match.1) * 86_400 + number(match.2) * 3_600 + number(match.3) * 60 + number(match.4)
        guard seconds > 0, seconds <= longest * 60 else { return nil }
        return .seconds(seconds)
    }
}
