import Yams

/// A place in a file of signals, read strictly: every mistake names file, line and column, and what is expected.
struct SignalNode {
    typealias Finding = SignalError.Finding

    private static let maximumBytes = 4 << 20

    let node: Node
    let file: String

    /// Reads a whole file.
    static func parse(_ yaml: String, file: String) throws(SignalError) -> SignalNode {
        guard yaml.utf8.count <= maximumBytes else {
            throw SignalError(file, "a file of signals is at most \(maximumBytes >> 20) MiB long")
        }
        do {
            guard let node = try Yams.compose(yaml: yaml) else { throw SignalError(file, "the file is empty") }
            return SignalNode(node: node, file: file)
        } catch let error as SignalError {
            throw error
        } catch let error as YamlError {
            throw SignalError(findings: [finding(of: error, file: file)])
        } catch {
            throw SignalError(file, "this is not YAML: \(error)")
        }
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
                message: "a key occurs twice: \(keys)"
            )
        default: Finding(file: file, line: 0, column: 0, message: "this is not YAML: \(error)")
        }
    }

    /// A mistake here.
    func finding(_ message: String) -> Finding {
        Finding(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, message: message)
    }

    /// The error of a mistake here.
    func error(_ message: String) -> SignalError { SignalError(findings: [finding(message)]) }

    /// The members of a map whose keys must all be among `known`.
    func members(_ known: [String]) throws(SignalError) -> [String: SignalNode] {
        guard let map = node.mapping else { throw error("a map is expected, with \(known.joined(separator: ", "))") }
        var result: [String: SignalNode] = [:]
        for (key, value) in map {
            guard let name = key.scalar?.string, known.contains(name) else {
                let name = key.scalar?.string ?? ""
                throw SignalNode(node: key, file: file)
                    .error("unknown key “\(name)”; known are \(known.joined(separator: ", "))")
            }
            result[name] = SignalNode(node: value, file: file)
        }
        return result
    }

    /// The elements of a list.
    func items() throws(SignalError) -> [SignalNode] {
        guard let list = node.sequence else { throw error("a list is expected") }
        return list.map { SignalNode(node: $0, file: file) }
    }

    /// A text that is not empty.
    func text() throws(SignalError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw error("a text is expected") }
        return text
    }

    /// A text, or a list of them.
    func texts() throws(SignalError) -> [(text: String, node: SignalNode)] {
        guard node.sequence != nil else { return [(try text(), self)] }
        var result: [(text: String, node: SignalNode)] = []
        for item in try items() { result.append((try item.text(), item)) }
        return result
    }

    /// True or false.
    func flag() throws(SignalError) -> Bool {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default: throw error("true or false is expected")
        }
    }

    /// An integer within a range.
    func integer(in range: ClosedRange<Int>) throws(SignalError) -> Int {
        guard let number = node.scalar.flatMap({ Int($0.string) }), range.contains(number) else {
            throw error("an integer from \(range.lowerBound) to \(range.upperBound) is expected")
        }
        return number
    }

    /// One of the raw values of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        of type: Choice.Type
    ) throws(SignalError) -> Choice where Choice.RawValue == String {
        let text = try text()
        guard let value = Choice(rawValue: text) else {
            throw error("“\(text)” is not one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }
}

extension SignalError {
    /// A mistake of the file as a whole.
    init(_ file: String, _ message: String) {
        self.init(findings: [Finding(file: file, line: 0, column: 0, message: message)])
    }
}
