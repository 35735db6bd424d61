/// The difference of two versions of a decision model, in words.
///
/// Decision tables are compared rule by rule and cell by cell, contexts entry by entry, other expressions by their text.
/// Layout, comments, diagrams and the order of elements do not count, but for the order of rules where it decides.
public enum ModelComparison {
    /// What changed from one version to another: the model's own facts, then inputs, types, knowledge models, decisions
    /// and services, each in the order of the later version, those that are gone last.
    ///
    /// - Parameters:
    ///   - old: The earlier version.
    ///   - new: The later version.
    /// - Returns: A sentence for each difference; none when the versions mean the same.
    public static func changes(from old: DecisionModel, to new: DecisionModel) -> [String] {
        var changes = Words.change("the model's name", old.name, new.name)
        changes += Words.change("the model's namespace", old.namespace, new.namespace)
        changes += parts("the import", old.imports, new.imports, name: \.namespace) { _, _, _ in [] }
        changes += parts("the input", old.inputData, new.inputData, name: \.name) { subject, old, new in
            Words.change(subject + ": type", old.variable.typeRef, new.variable.typeRef)
        }
        changes += parts("the type", old.itemDefinitions, new.itemDefinitions, name: \.name) { subject, old, new in
            Words.change(subject, outline(old), outline(new))
        }
        changes += parts("the knowledge model", old.knowledgeModels, new.knowledgeModels, name: \.name) {
            subject,
            old,
            new in
            let parameters = { (model: KnowledgeModel) in
                model.function?.parameters.map(\.name).joined(separator: ", ")
            }
            return Words.change(subject + ": parameters", parameters(old), parameters(new))
                + ExpressionComparison.changes(subject, old.function?.body, new.function?.body)
        }
        changes += parts("the decision", old.decisions, new.decisions, name: \.name) { subject, old, new in
            Words.change(subject + ": type", old.variable.typeRef, new.variable.typeRef)
                + ExpressionComparison.changes(subject, old.expression, new.expression)
        }
        changes += parts("the service", old.services, new.services, name: \.name) { subject, old, new in
            Words.change(subject, outline(old), outline(new))
        }
        return changes
    }

    /// Differences of parts that have names: those of both versions by `compare`, the others as added or removed.
    private static func parts<Part>(
        _ noun: String,
        _ old: [Part],
        _ new: [Part],
        name: (Part) -> String,
        compare: (_ subject: String, Part, Part) -> [String]
    ) -> [String] {
        let earlier = Dictionary(old.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
        let later = Set(new.map(name))
        return new.flatMap { part -> [String] in
            let subject = "\(noun) \(Words.quoted(name(part)))"
            return earlier[name(part)].map { compare(subject, $0, part) } ?? ["\(subject) was added"]
        } + old.map(name).filter { !later.contains($0) }.map { "\(noun) \(Words.quoted($0)) was removed" }
    }

    private static func outline(_ type: ItemDefinition) -> String {
        let content =
            switch type.content {
            case .reference(let name): name
            case .components(let parts): "{" + parts.map { "\($0.name): \(outline($0))" }.joined(separator: ", ") + "}"
            case .function(let parameters, let output):
                "(" + parameters.map(\.name).joined(separator: ", ") + ") -> " + (output ?? "any")
            }
        let allowed = (type.allowedValues ?? type.typeConstraint).map { " of " + $0.source } ?? ""
        return content + (type.isCollection ? " list" : "") + allowed
    }

    private static func outline(_ service: DecisionService) -> String {
        let names = { (references: [Reference]) in references.map(\.id).joined(separator: ", ") }
        return "answers \(names(service.outputDecisions)) from \(names(service.inputData + service.inputDecisions))"
    }
}

/// How differences are worded.
enum Words {
    /// The longest text quoted, in characters.
    private static let maximumQuote = 160

    static func quoted(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "“" + (line.count > maximumQuote ? line.prefix(maximumQuote) + "…" : line) + "”"
    }

    /// A sentence when two texts differ otherwise than in white space.
    static func change(_ subject: String, _ old: String?, _ new: String?) -> [String] {
        let words = { (text: String?) in text?.split(whereSeparator: \.isWhitespace) }
        guard words(old) != words(new) else { return [] }
        switch (old, new) {
        case (let old?, let new?): return ["\(subject) from \(quoted(old)) to \(quoted(new))"]
        case (nil, let new?): return ["\(subject) is now \(quoted(new))"]
        case (let old?, nil): return ["\(subject) \(quoted(old)) is gone"]
        case (nil, nil): return []
        }
    }
}
