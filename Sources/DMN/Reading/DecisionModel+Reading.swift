import LibXML

extension DecisionModel {
    /// The namespaces of DMN 1.1 to 1.5, and of 1.6, whose models differ in nothing that is used here.
    static let namespaces: [String] = [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
        "https://www.omg.org/spec/DMN/20240513/MODEL/",
    ]

    /// Whether a namespace is one of a DMN model, whatever its scheme.
    static func isNamespace(_ namespace: String) -> Bool {
        namespaces.contains { $0.drop(while: { $0 != ":" }) == namespace.drop(while: { $0 != ":" }) }
    }

    /// Whether a namespace is one of the expression language.
    static func isExpressionLanguage(_ namespace: String) -> Bool {
        let known = namespace.isEmpty || namespace.contains("/FEEL") || namespace.lowercased() == "feel"
        return known || namespace.contains("/20151101/dmn.xsd")
    }

    /// Reads a model.
    ///
    /// Extensions, diagrams and elements of other namespaces are read over. Bounded: 64 MiB, 256 levels of
    /// elements, 48 levels of expressions inside each other.
    ///
    /// - Parameters:
    ///   - source: The document.
    ///   - file: The file's name for messages.
    /// - Returns: The model, and what is wrong or doubtful in it; elements with errors are left out.
    /// - Throws: ``DMNError/Code/invalidModel`` when the document is not a decision model at all.
    public static func read(
        _ source: [UInt8],
        file: String = ""
    ) throws(DMNError) -> (model: DecisionModel, findings: [Finding]) {
        let document: XMLDocument
        do {
            document = try XMLDocument(bytes: source)
        } catch {
            throw DMNError(.invalidModel, "the model is not well-formed XML", findings: [error.finding(in: file)])
        }
        var reader = ModelReader(file: file)
        guard let model = reader.read(document.root) else {
            throw DMNError(.invalidModel, "the document is not a decision model", findings: reader.findings)
        }
        return (model, reader.findings)
    }

    /// Reads a model given as text; see the variant with bytes.
    public static func read(
        _ source: String,
        file: String = ""
    ) throws(DMNError) -> (model: DecisionModel, findings: [Finding]) {
        try read(Array(source.utf8), file: file)
    }
}

extension XMLError {
    /// The error as a finding about a file.
    func finding(in file: String) -> Finding {
        let code: Finding.Code =
            switch code {
            case .unreadable: .unreadable
            case .limit: .limit
            default: .malformedXML
            }
        return Finding(.error, code, message, at: Location(file: file, line: line))
    }
}
