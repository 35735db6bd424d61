import LibXML

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
            guard depth < ModelReader.greatestDepth else {
                report(.limit, "item definitions stand more than \(ModelReader.greatestDepth) deep", at: place)
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
