import Spelling
import StrictYAML
import Yams

/// A place in the file of a measure: every mistake names file, line and column, and what is expected.
struct MeasureNode: StrictNode {
    typealias Finding = MeasureError.Finding

    static let longestText = 2_000
    private static let limits = YAMLSource.Limits(bytes: 64 << 10, values: 10_000, depth: 16)

    let node: Node
    let file: String

    /// Reads a whole file.
    static func parse(_ yaml: String, file: String) throws(MeasureError) -> MeasureNode {
        let root: Node?
        do {
            root = try YAMLSource(yaml, limits: limits).root()
        } catch {
            let message =
                error.kind == .tooLong
                ? "the file of a measure is at most \(limits.bytes >> 10) KiB long" : error.message(key: "member")
            throw MeasureError(
                findings: [Finding(file: file, line: error.line, column: error.column, message: message)]
            )
        }
        guard let root else {
            throw MeasureError(findings: [Finding(file: file, line: 0, column: 0, message: "the file is empty")])
        }
        return MeasureNode(node: root, file: file)
    }

    func child(_ node: Node) -> MeasureNode { MeasureNode(node: node, file: file) }

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
        try members(known) { key, name in
            let guess = NearestName.question(name, among: known)
            let what = guess.isEmpty ? "; expected \(known.joined(separator: ", "))" : guess
            report(key.finding("unknown member “\(name.prefix(40))”\(what)"))
        }
    }
}
