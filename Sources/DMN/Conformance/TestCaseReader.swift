import FEEL
import IEEEDecimal
import LibXML

/// Reads files of test cases.
struct TestCaseReader {
    private static let namespace = "http://www.omg.org/spec/DMN/20160719/testcase"
    private static let instance = "http://www.w3.org/2001/XMLSchema-instance"
    private static let maximumDepth = 48

    private var result = TestCaseFile()
    private let file: String

    /// Reads a document; nil when it is not a file of test cases.
    static func read(_ root: XMLElement, file: String) -> TestCaseFile? {
        guard root.isNamed("testCases") else {
            return nil
        }
        var reader = TestCaseReader(file: file)
        reader.read(root)
        return reader.result
    }

    private init(file: String) {
        self.file = file
    }

    /// The name of the model that a file of test cases is about; nil when it says none.
    static func modelName(_ root: XMLElement) -> String? { root.first("modelName").map { trimmed($0.text) } }

    private mutating func read(_ root: XMLElement) {
        result.modelName = Self.modelName(root)
        for (number, element) in root.elements(named: "testCase").enumerated() {
            result.cases.append(readCase(element, number: number + 1))
        }
    }

    private mutating func readCase(_ element: XMLElement, number: Int) -> TestCaseFile.Case {
        let invocable = element.attribute("invocableName") ?? element.attribute("name") ?? ""
        let kind: TestCaseFile.Kind =
            switch element.attribute("type") {
            case "decisionService": .service(ModelReader.normalized(invocable))
            case "bkm": .knowledge(ModelReader.normalized(invocable))
            default: .decision
            }
        return TestCaseFile.Case(
            id: element.attribute("id") ?? "\(number)",
            line: element.line,
            kind: kind,
            inputs: element.elements(named: "inputNode").map { readInput($0) },
            results: element.elements(named: "resultNode").map { readResult($0) }
        )
    }

    private mutating func readInput(_ element: XMLElement) -> TestCaseFile.Input {
        TestCaseFile.Input(
            name: ModelReader.normalized(element.attribute("name") ?? ""),
            namespace: element.attribute("namespace"),
            value: readValue(element, depth: 0)
        )
    }

    private mutating func readResult(_ element: XMLElement) -> TestCaseFile.Result {
        let expected = element.first("expected")
        return TestCaseFile.Result(
            name: ModelReader.normalized(element.attribute("name") ?? ""),
            namespace: element.attribute("namespace"),
            expectsError: ModelReader.isTrue(element.attribute("errorResult")),
            expected: expected.map { readValue($0, depth: 0) }
        )
    }

    // MARK: Values

    /// The value among the children: one `value`, a `list`, or any number of `component`.
    private mutating func readValue(_ element: XMLElement, depth: Int) -> Value {
        guard depth < Self.maximumDepth else {
            report(.limit, "values stand more than \(Self.maximumDepth) deep", at: element)
            return .null
        }
        var entries: [(key: String, value: Value)] = []
        var hasComponents = false
        for child in element.elements {
            switch child.name {
            case "value": return readSimple(child)
            case "list": return readList(child, depth: depth)
            case "component":
                hasComponents = true
                let value = isNil(child) ? .null : readValue(child, depth: depth + 1)
                entries.append((child.attribute("name") ?? "", value))
            default: break
            }
        }
        return hasComponents ? .context(Context(entries)) : .null
    }

    private mutating func readList(_ element: XMLElement, depth: Int) -> Value {
        if isNil(element) {
            return .null
        }
        return .list(element.elements(named: "item").map { isNil($0) ? .null : readValue($0, depth: depth + 1) })
    }

    private func isNil(_ element: XMLElement) -> Bool {
        ModelReader.isTrue(element.attribute("nil", namespace: Self.instance))
    }

    private mutating func readSimple(_ element: XMLElement) -> Value {
        if isNil(element) {
            return .null
        }
        let written = element.attribute("type", namespace: Self.instance) ?? "string"
        let type = written.split(separator: ":").last.map(String.init) ?? "string"
        let text = element.text
        if type == "string" || type == "anyURI" || type == "anySimpleType" {
            return .string(text)
        }
        guard let value = TestCaseReader.parse(TestCaseReader.trimmed(text), as: type) else {
            report(.syntax, "'\(text)' is no value of type \(written)", at: element)
            return .null
        }
        return value
    }

    /// A value of an XML Schema type.
    static func parse(_ text: String, as type: String) -> Value? {
        switch type {
        case "boolean": return ["true": true, "1": true, "false": false, "0": false][text].map { .boolean($0) }
        case "date": return call("date", text)
        case "time": return call("time", text)
        case "dateTime", "dateTimeStamp": return call("date and time", text)
        case "duration", "yearMonthDuration", "dayTimeDuration": return call("duration", text)
        default:
            guard let number = Decimal128(text), number.isFinite else {
                return nil
            }
            return .number(number)
        }
    }

    /// The value of a built-in function of the language for a text; nil for null.
    private static func call(_ function: String, _ text: String) -> Value? {
        let isPlain = text.allSatisfy { $0 != "\"" && $0 != "\\" && $0.isASCII }
        guard isPlain, let expression = try? Expression("\(function)(\"\(text)\")") else {
            return nil
        }
        let value = expression.evaluate()
        return value.isNull ? nil : value
    }

    private static func trimmed(_ text: String) -> String {
        var bare = text[...]
        while bare.last?.isWhitespace == true {
            bare.removeLast()
        }
        return String(bare.drop(while: \.isWhitespace))
    }

    private mutating func report(_ code: Finding.Code, _ message: String, at element: XMLElement) {
        result.findings.append(Finding(.error, code, message, at: Location(file: file, line: element.line)))
    }
}
