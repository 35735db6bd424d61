import LibXML

/// The elements of a requirements graph.
extension ModelReader {
    mutating func readImport(_ place: XMLElement) -> ModelImport {
        ModelImport(
            name: name(of: place),
            namespace: place.attribute("namespace") ?? "",
            locationURI: place.attribute("locationURI"),
            importType: place.attribute("importType") ?? "",
            location: location(of: place)
        )
    }

    mutating func readInputData(_ place: XMLElement) -> InputData {
        let name = name(of: place)
        return InputData(
            id: place.attribute("id") ?? name,
            name: name,
            variable: readVariable(in: place, name: name),
            location: location(of: place)
        )
    }

    mutating func readDecision(_ place: XMLElement) -> Decision {
        let name = name(of: place)
        return Decision(
            id: place.attribute("id") ?? name,
            name: name,
            variable: readVariable(in: place, name: name),
            informationRequirements: readRequirements(
                "informationRequirement",
                ["requiredDecision", "requiredInput"],
                in: place
            ),
            knowledgeRequirements: readRequirements("knowledgeRequirement", ["requiredKnowledge"], in: place),
            expression: readExpression(in: place, depth: 0),
            location: location(of: place)
        )
    }

    mutating func readKnowledgeModel(_ place: XMLElement) -> KnowledgeModel {
        let name = name(of: place)
        let logic = child("encapsulatedLogic", of: place)
        return KnowledgeModel(
            id: place.attribute("id") ?? name,
            name: name,
            variable: readVariable(in: place, name: name),
            knowledgeRequirements: readRequirements("knowledgeRequirement", ["requiredKnowledge"], in: place),
            function: logic.map { readFunction($0, depth: 0) },
            location: location(of: place)
        )
    }

    mutating func readService(_ place: XMLElement) -> DecisionService {
        let name = name(of: place)
        return DecisionService(
            id: place.attribute("id") ?? name,
            name: name,
            variable: readVariable(in: place, name: name),
            outputDecisions: readReferences("outputDecision", in: place),
            encapsulatedDecisions: readReferences("encapsulatedDecision", in: place),
            inputDecisions: readReferences("inputDecision", in: place),
            inputData: readReferences("inputData", in: place),
            location: location(of: place)
        )
    }

    /// The variable of an element; the element's name and no type where it is left out.
    private mutating func readVariable(in place: XMLElement, name: String) -> InformationItem {
        guard let variable = child("variable", of: place) else {
            return InformationItem(name: name, location: location(of: place))
        }
        return readInformationItem(variable, named: name)
    }

    /// A name with a type; `fallback` where the name is left out.
    mutating func readInformationItem(_ place: XMLElement, named fallback: String? = nil) -> InformationItem {
        let written = ModelReader.normalized(place.attribute("name") ?? "")
        if written.isEmpty, fallback == nil {
            report(.missing, "\(place.name) has no name", at: place)
        }
        return InformationItem(
            name: written.isEmpty ? fallback ?? "" : written,
            typeRef: typeName(place.attribute("typeRef"), at: place),
            location: location(of: place)
        )
    }

    private mutating func readRequirements(_ kind: String, _ targets: [String], in place: XMLElement) -> [Reference] {
        var result: [Reference] = []
        for requirement in children(kind, of: place) {
            for target in targets {
                result += readReferences(target, in: requirement)
            }
        }
        return result
    }

    private mutating func readReferences(_ kind: String, in place: XMLElement) -> [Reference] {
        var result: [Reference] = []
        for reference in children(kind, of: place) {
            guard let href = reference.attribute("href"), !href.isEmpty else {
                report(.missing, "\(kind) has no href", at: reference)
                continue
            }
            result.append(Reference(href: href, location: location(of: reference)))
        }
        return result
    }
}

/// Item definitions.
extension ModelReader {
    mutating func readItemDefinition(_ place: XMLElement, depth: Int) -> ItemDefinition {
        ItemDefinition(
            name: name(of: place),
            content: readContent(of: place, depth: depth),
            isCollection: ModelReader.isTrue(place.attribute("isCollection")),
            allowedValues: child("allowedValues", of: place).flatMap { text(in: $0) },
            typeConstraint: child("typeConstraint", of: place).flatMap { text(in: $0) },
            location: location(of: place)
        )
    }

    private mutating func readContent(of place: XMLElement, depth: Int) -> ItemDefinition.Content {
        let components = children("itemComponent", of: place)
        guard components.isEmpty else {
            guard depth < ModelReader.maximumDepth else {
                report(.limit, "item definitions stand more than \(ModelReader.maximumDepth) deep", at: place)
                return .reference("Any")
            }
            return .components(components.map { readItemDefinition($0, depth: depth + 1) })
        }
        if let function = child("functionItem", of: place) {
            return .function(
                parameters: children("parameters", of: function).map { readInformationItem($0) },
                output: typeName(function.attribute("outputTypeRef"), at: function)
            )
        }
        let written = child("typeRef", of: place)
        return .reference(written.flatMap { typeName($0.text, at: $0) } ?? "Any")
    }

    /// Whether an XML Schema boolean is true.
    static func isTrue(_ written: String?) -> Bool {
        written == "true" || written == "1"
    }
}
