import LibXML

/// Decision tables.
extension ModelReader {
    mutating func readTable(_ place: XMLElement) -> DecisionTable {
        var table = DecisionTable(
            name: place.attribute("outputLabel") ?? element ?? place.attribute("id") ?? "table",
            hitPolicy: readHitPolicy(place),
            inputs: children("input", of: place).map { readInput($0) },
            outputs: children("output", of: place).map { readOutput($0) },
            annotations: children("annotation", of: place).map { $0.attribute("name") ?? "" },
            rules: [],
            location: location(of: place)
        )
        if table.outputs.isEmpty {
            report(.missing, "the decision table has no output", at: place)
        }
        for rule in children("rule", of: place) {
            table.rules.append(readRule(rule, number: table.rules.count + 1, of: table))
        }
        return table
    }

    private mutating func readHitPolicy(_ place: XMLElement) -> HitPolicy {
        let name = place.attribute("hitPolicy") ?? "UNIQUE"
        let aggregation = place.attribute("aggregation")
        guard let policy = HitPolicy(name: name, aggregation: aggregation) else {
            report(.unsupported, "unknown hit policy '\(name)' \(aggregation ?? "")", at: place)
            return .unique
        }
        return policy
    }

    private mutating func readInput(_ place: XMLElement) -> DecisionTable.Input {
        let expression = child("inputExpression", of: place)
        if expression == nil {
            report(.missing, "the input has no inputExpression", at: place)
        }
        return DecisionTable.Input(
            label: place.attribute("label"),
            expression: expression.flatMap { text(in: $0) } ?? Text("null", location: location(of: place)),
            typeRef: expression.flatMap { typeName($0.attribute("typeRef"), at: $0) },
            allowedValues: child("inputValues", of: place).flatMap { text(in: $0) },
            location: location(of: place)
        )
    }

    private mutating func readOutput(_ place: XMLElement) -> DecisionTable.Output {
        DecisionTable.Output(
            name: place.attribute("name").map { ModelReader.normalized($0) },
            label: place.attribute("label"),
            typeRef: typeName(place.attribute("typeRef"), at: place),
            allowedValues: child("outputValues", of: place).flatMap { text(in: $0) },
            defaultEntry: child("defaultOutputEntry", of: place).flatMap { text(in: $0) },
            location: location(of: place)
        )
    }

    private mutating func readRule(_ place: XMLElement, number: Int, of table: DecisionTable) -> DecisionTable.Rule {
        var inputs: [Text] = []
        var outputs: [Text] = []
        var annotations: [String] = []
        for cell in place.elements where cell.namespace == namespace {
            switch cell.name {
            case "inputEntry": inputs.append(text(in: cell) ?? Text("-", location: location(of: cell)))
            case "outputEntry": outputs.append(text(in: cell) ?? Text("", location: location(of: cell)))
            case "annotationEntry": annotations.append(child("text", of: cell)?.text ?? "")
            default: break
            }
        }
        check(inputs.count, "input", table.inputs.count, rule: number, at: place)
        check(outputs.count, "output", table.outputs.count, rule: number, at: place)
        return DecisionTable.Rule(
            id: place.attribute("id") ?? "rule-\(number)",
            inputs: inputs,
            outputs: outputs,
            annotations: annotations,
            location: location(of: place)
        )
    }

    private mutating func check(_ found: Int, _ kind: String, _ expected: Int, rule: Int, at place: XMLElement) {
        if found != expected {
            report(.missing, "row \(rule) has \(found) \(kind) entries, expected \(expected)", at: place)
        }
    }
}
