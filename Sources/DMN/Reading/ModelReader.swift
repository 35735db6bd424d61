import LibXML

/// Builds a ``DecisionModel`` from a parsed document, noting what is wrong on the way.
struct ModelReader {
    /// How many expressions may stand inside each other.
    static let maximumDepth = 48

    /// What was found.
    var findings: [Finding] = []
    let file: String
    /// The namespace of the model's own elements.
    private(set) var namespace = ""
    private(set) var modelNamespace = ""
    private var expressionLanguage: String?
    /// The name of the named element that is being read, for messages.
    var element: String?

    init(file: String) {
        self.file = file
    }

    /// Reads `definitions`; nil when the root is something else.
    mutating func read(_ root: XMLElement) -> DecisionModel? {
        guard root.isNamed("definitions"), DecisionModel.isNamespace(root.namespace) else {
            let found = root.namespace.isEmpty ? root.name : "{\(root.namespace)}\(root.name)"
            report(.unsupported, "the root is \(found), expected DMN 'definitions'", at: root)
            return nil
        }
        namespace = root.namespace
        modelNamespace = root.attribute("namespace") ?? ""
        expressionLanguage = root.attribute("expressionLanguage")
        var model = DecisionModel(file: file, name: root.attribute("name") ?? "", namespace: modelNamespace)
        for child in root.elements where child.isNamed(child.name, namespace: namespace) {
            read(child, into: &model)
        }
        return model
    }

    private mutating func read(_ child: XMLElement, into model: inout DecisionModel) {
        element = child.attribute("name")
        defer { element = nil }
        switch child.name {
        case "import": model.imports.append(readImport(child))
        case "itemDefinition": model.itemDefinitions.append(readItemDefinition(child, depth: 0))
        case "inputData": model.inputData.append(readInputData(child))
        case "decision": model.decisions.append(readDecision(child))
        case "businessKnowledgeModel": model.knowledgeModels.append(readKnowledgeModel(child))
        case "decisionService": model.services.append(readService(child))
        case "knowledgeSource": model.knowledgeSources.insert(child.attribute("id") ?? "")
        default: break
        }
    }

    // MARK: What every part needs

    /// Notes something at an element.
    mutating func report(
        _ code: Finding.Code,
        _ message: String,
        severity: Finding.Severity = .error,
        at place: XMLElement
    ) {
        findings.append(Finding(severity, code, message, at: location(of: place)))
    }

    /// The place of an element.
    func location(of place: XMLElement) -> Location {
        Location(file: file, line: place.line, elementID: place.attribute("id"), element: element)
    }

    /// The first child of a name in the model's namespace.
    func child(_ name: String, of parent: XMLElement) -> XMLElement? {
        parent.first(name, namespace: namespace)
    }

    /// The children of a name in the model's namespace.
    func children(_ name: String, of parent: XMLElement) -> [XMLElement] {
        parent.elements(named: name, namespace: namespace)
    }

    /// The name of an element, with white space made single; reports when it is missing.
    mutating func name(of place: XMLElement) -> String {
        let name = ModelReader.normalized(place.attribute("name") ?? "")
        if name.isEmpty, place.name != "import" {
            report(.missing, "\(place.name) has no name", at: place)
        }
        return name
    }

    /// A name with runs of white space made one space and none at its ends.
    static func normalized(_ name: String) -> String {
        name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The text of the `text` child, or nil.
    func text(in place: XMLElement) -> Text? {
        guard let text = child("text", of: place) else {
            return nil
        }
        var location = location(of: place)
        location.line = text.line
        return Text(
            text.text,
            language: place.attribute("expressionLanguage") ?? expressionLanguage,
            location: location
        )
    }

    /// A `typeRef` as the rest of the module reads it.
    ///
    /// DMN 1.1 writes qualified XML names (`feel:string`); they become names with the import's name and a dot.
    func typeName(_ written: String?, at place: XMLElement) -> String? {
        guard let written, !written.isEmpty else {
            return nil
        }
        let name = ModelReader.normalized(written)
        guard let colon = name.firstIndex(of: ":") else {
            return name
        }
        let prefix = String(name[..<colon])
        let local = String(name[name.index(after: colon)...])
        guard let meant = place.namespace(forPrefix: prefix) else {
            return prefix == "feel" ? local : name
        }
        if meant == modelNamespace || DecisionModel.isExpressionLanguage(meant) || DecisionModel.isNamespace(meant) {
            return local
        }
        return "{\(meant)}\(local)"
    }
}
