import Spelling
import Yams

/// A place in the file of a measure, read strictly: every mistake names file, line and column, and what is expected.
struct MeasureNode {
    typealias Finding = MeasureError.Finding

    private static let maximumBytes = 64 << 10

    let node: Node
    let file: String

    /// Reads a whole file.
    static func parse(_ yaml: String, file: String) throws(MeasureError) -> MeasureNode {
        guard yaml.utf8.count <= maximumBytes else {
            throw whole(file, "the file of a measure is at most \(maximumBytes >> 10) KiB long")
        }
        do {
            guard let node = try Yams.compose(yaml: yaml) else { throw whole(file, "the file is empty") }
            return MeasureNode(node: node, file: file)
        } catch let error as MeasureError {
            throw error
        } catch let error as YamlError {
            throw MeasureError(findings: [finding(of: error, file: file)])
        } catch {
            throw whole(file, "this is not YAML: \(error)")
        }
    }

    private static func whole(_ file: String, _ message: String) -> MeasureError {
        MeasureError(findings: [Finding(file: file, line: 0, column: 0, message: message)])
    }

    private static func finding(of error: YamlError, file: String) -> Finding {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            Finding(file: file, line: mark.line, column: mark.column, message: "this is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            Finding(
                file: file,
                line: context.mark.line,
                column: context.mark.column,
                message: "a member occurs twice: \(keys)"
            )
        default: Finding(file: file, line: 0, column: 0, message: "this is not YAML: \(error)")
        }
    }

    /// A mistake here, or at a place of the text that stands here.
    func finding(_ message: String, line: Int = 1, column: Int = 1) -> Finding {
        let mark = node.mark
        var place = (line: mark?.line ?? 0, column: mark?.column ?? 0)
        switch node.scalar?.style {
        case .literal?, .folded?: place = (place.line + line, column)
        case .singleQuoted?, .doubleQuoted?: place.column += line == 1 && column > 1 ? column : 0
        default: place.column += line == 1 ? column - 1 : 0
        }
        return Finding(file: file, line: place.line, column: place.column, message: message)
    }

    /// The error of a mistake here.
    func error(_ message: String) -> MeasureError { MeasureError(findings: [finding(message)]) }

    /// The members of a map; unknown ones are mistakes, which are handed to `report`.
    func members(_ known: [String], report: (Finding) -> Void) throws(MeasureError) -> [String: MeasureNode] {
        guard let map = node.mapping else { throw error("a map is expected, with \(known.joined(separator: ", "))") }
        var result: [String: MeasureNode] = [:]
        for (key, value) in map {
            let name = key.scalar?.string ?? ""
            guard known.contains(name) else {
                let guess = NearestName.question(name, among: known)
                let what = guess.isEmpty ? "; expected \(known.joined(separator: ", "))" : guess
                report(MeasureNode(node: key, file: file).finding("unknown member “\(name.prefix(40))”\(what)"))
                continue
            }
            result[name] = MeasureNode(node: value, file: file)
        }
        return result
    }

    /// A text that is not empty, of bounded length.
    func text(most: Int = 2_000) throws(MeasureError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw error("a text is expected") }
        guard text.utf8.count <= most else { throw error("a text of at most \(most) bytes is expected") }
        return text
    }

    /// A list of texts, or one.
    func texts(most: Int) throws(MeasureError) -> [(text: String, node: MeasureNode)] {
        guard let list = node.sequence else { return [(try text(), self)] }
        guard list.count <= most else { throw error("a list of at most \(most) texts is expected") }
        var result: [(text: String, node: MeasureNode)] = []
        for element in list {
            let item = MeasureNode(node: element, file: file)
            result.append((try item.text(), item))
        }
        return result
    }

    /// An integer within a range.
    func integer(in range: ClosedRange<Int>) throws(MeasureError) -> Int {
        guard let number = node.scalar.flatMap({ Int($0.string) }), range.contains(number) else {
            throw error("an integer from \(range.lowerBound) to \(range.upperBound) is expected")
        }
        return number
    }

    /// One of the raw values of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        of type: Choice.Type
    ) throws(MeasureError) -> Choice where Choice.RawValue == String {
        let text = try text()
        guard let value = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue)
            let guess = NearestName.question(text, among: known)
            throw error("“\(text.prefix(40))” is not one of \(known.joined(separator: ", "))\(guess)")
        }
        return value
    }
}
