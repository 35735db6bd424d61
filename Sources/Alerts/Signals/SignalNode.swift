import StrictYAML
import Yams

/// A place in a file of signals: every mistake names file, line and column, and what is expected.
struct SignalNode: StrictNode {
    typealias Finding = SignalError.Finding

    static let longestText = Int.max
    private static let limits = YAMLSource.Limits(bytes: 4 << 20)

    let node: Node
    let file: String

    /// Reads a whole file.
    static func parse(_ yaml: String, file: String) throws(SignalError) -> SignalNode {
        let root: Node?
        do {
            root = try YAMLSource(yaml, limits: limits).root()
        } catch {
            let message =
                error.kind == .tooLong
                ? "a file of signals is at most \(limits.bytes >> 20) MiB long" : error.message()
            throw SignalError(
                findings: [Finding(file: file, line: error.line, column: error.column, message: message)]
            )
        }
        guard let root else { throw SignalError(file, "the file is empty") }
        return SignalNode(node: root, file: file)
    }

    func child(_ node: Node) -> SignalNode { SignalNode(node: node, file: file) }

    /// A mistake here.
    func finding(_ message: String) -> Finding {
        Finding(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, message: message)
    }

    /// The error of a mistake here.
    func error(_ message: String) -> SignalError { SignalError(findings: [finding(message)]) }

    /// The members of a map whose keys must all be among `known`.
    func members(_ known: [String]) throws(SignalError) -> [String: SignalNode] {
        try members(known) { key, name throws(SignalError) in
            throw key.error("unknown key “\(name)”; known are \(known.joined(separator: ", "))")
        }
    }
}

extension SignalError {
    /// A mistake of the file as a whole.
    init(_ file: String, _ message: String) {
        self.init(findings: [Finding(file: file, line: 0, column: 0, message: message)])
    }
}
