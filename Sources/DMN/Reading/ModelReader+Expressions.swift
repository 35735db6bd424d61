import LibXML

/// Boxed expressions.
extension ModelReader {
    private static let expressionNames: Set<String> = [
        "literalExpression", "decisionTable", "context", "invocation", "functionDefinition", "relation", "list",
        "conditional", "filter", "for", "some", "every",
    ]

    /// The first expression among the children; nil when there is none.
    mutating func readExpression(in place: XMLElement, depth: Int) -> BoxedExpression? {
        readExpressions(in: place, depth: depth).first
    }

    /// All expressions among the children, in order.
    private mutating func readExpressions(in place: XMLElement, depth: Int) -> [BoxedExpression] {
        var result: [BoxedExpression] = []
        for child in place.elements where Self.expressionNames.contains(child.name) {
            guard child.namespace == namespace else {
                continue
            }
            guard depth < Self.maximumDepth else {
                report(.limit, "expressions stand more than \(Self.maximumDepth) deep inside each other", at: child)
                return result
            }
            if let expression = readExpression(child, depth: depth + 1) {
                result.append(expression)
            }
        }
        return result
    }

    private mutating func readExpression(_ place: XMLElement, depth: Int) -> BoxedExpression? {
        guard let kind = readKind(place, depth: depth) else {
            return nil
        }
        let type = typeName(place.attribute("typeRef"), at: place)
        return BoxedExpression(kind, typeRef: type, location: location(of: place))
    }

    private mutating func readKind(_ place: XMLElement, depth: Int) -> BoxedExpression.Kind? {
        switch place.name {
        case "literalExpression": readLiteral(place)
        case "decisionTable": .table(readTable(place))
        case "context": .context(children("contextEntry", of: place).map { readEntry($0, depth: depth) })
        case "invocation": readInvocation(place, depth: depth)
        case "functionDefinition": .function(readFunction(place, depth: depth))
        case "relation": readRelation(place, depth: depth)
        case "list": .list(readExpressions(in: place, depth: depth))
        case "conditional": readConditional(place, depth: depth)
        case "filter": readFilter(place, depth: depth)
        default: readIterator(place, depth: depth)
        }
    }

    private mutating func readLiteral(_ place: XMLElement) -> BoxedExpression.Kind? {
        if child("importedValues", of: place) != nil {
            report(.unsupported, "imported values are not supported", at: place)
        }
        return .literal(text(in: place) ?? Text("", location: location(of: place)))
    }

    private mutating func readEntry(_ place: XMLElement, depth: Int) -> BoxedExpression.ContextEntry {
        BoxedExpression.ContextEntry(
            variable: child("variable", of: place).map { readInformationItem($0) },
            value: readExpression(in: place, depth: depth)
        )
    }

    private mutating func readInvocation(_ place: XMLElement, depth: Int) -> BoxedExpression.Kind {
        let bindings = children("binding", of: place).map { binding in
            let parameter = child("parameter", of: binding).map { readInformationItem($0) }
            return BoxedExpression.Binding(
                parameter: parameter ?? InformationItem(name: "", location: location(of: binding)),
                value: readExpression(in: binding, depth: depth)
            )
        }
        return .invocation(called: readExpression(in: place, depth: depth), bindings: bindings)
    }

    /// A function definition, of a business knowledge model or boxed.
    mutating func readFunction(_ place: XMLElement, depth: Int) -> FunctionDefinition {
        let written = place.attribute("kind") ?? FunctionDefinition.Kind.feel.rawValue
        let kind = FunctionDefinition.Kind.allCases.first { $0.rawValue.lowercased() == written.lowercased() }
        if kind == nil {
            report(.unsupported, "functions of kind '\(written)' are not supported", at: place)
        }
        return FunctionDefinition(
            kind: kind ?? .feel,
            parameters: children("formalParameter", of: place).map { readInformationItem($0) },
            body: readExpression(in: place, depth: depth),
            typeRef: typeName(place.attribute("typeRef"), at: place),
            location: location(of: place)
        )
    }

    private mutating func readRelation(_ place: XMLElement, depth: Int) -> BoxedExpression.Kind {
        let columns = children("column", of: place).map { readInformationItem($0) }
        let rows = children("row", of: place).map { row in
            let cells = readExpressions(in: row, depth: depth)
            if cells.count != columns.count {
                report(.missing, "a row has \(cells.count) cells, expected \(columns.count)", at: row)
            }
            return cells
        }
        return .relation(columns: columns, rows: rows)
    }

    private mutating func readConditional(_ place: XMLElement, depth: Int) -> BoxedExpression.Kind {
        .conditional(
            condition: readPart("if", of: place, depth: depth),
            then: readPart("then", of: place, depth: depth),
            otherwise: readPart("else", of: place, depth: depth)
        )
    }

    private mutating func readFilter(_ place: XMLElement, depth: Int) -> BoxedExpression.Kind {
        .filter(list: readPart("in", of: place, depth: depth), match: readPart("match", of: place, depth: depth))
    }

    private mutating func readIterator(_ place: XMLElement, depth: Int) -> BoxedExpression.Kind {
        let variable = ModelReader.normalized(place.attribute("iteratorVariable") ?? "")
        if variable.isEmpty {
            report(.missing, "\(place.name) has no iteratorVariable", at: place)
        }
        let list = readPart("in", of: place, depth: depth)
        let body = readPart(place.name == "for" ? "return" : "satisfies", of: place, depth: depth)
        switch place.name {
        case "for": return .iteration(variable: variable, list: list, result: body)
        case "some": return .some(variable: variable, list: list, condition: body)
        default: return .every(variable: variable, list: list, condition: body)
        }
    }

    /// The expression in a named part; an empty literal, which evaluates to null, where it is missing.
    private mutating func readPart(_ name: String, of place: XMLElement, depth: Int) -> BoxedExpression {
        guard let part = child(name, of: place), var expression = readExpression(in: part, depth: depth) else {
            report(.missing, "\(place.name) has no '\(name)'", at: place)
            return BoxedExpression(.literal(Text("null")), location: location(of: place))
        }
        if let type = typeName(part.attribute("typeRef"), at: part), expression.typeRef == nil {
            expression.typeRef = type
        }
        return expression
    }
}
