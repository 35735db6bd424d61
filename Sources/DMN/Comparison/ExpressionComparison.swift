/// The difference of two pieces of decision logic.
enum ExpressionComparison {
    static func changes(_ subject: String, _ old: BoxedExpression?, _ new: BoxedExpression?) -> [String] {
        switch (old?.kind, new?.kind) {
        case (.table(let old), .table(let new)): return TableComparison(subject, old, new).changes()
        case (.context(let old), .context(let new)): return entries(subject, old, new)
        default: return Words.change(subject, old?.outline, new?.outline)
        }
    }

    private static func entries(
        _ subject: String,
        _ old: [BoxedExpression.ContextEntry],
        _ new: [BoxedExpression.ContextEntry]
    ) -> [String] {
        let name = { (entry: BoxedExpression.ContextEntry) in entry.variable?.name ?? "" }
        let label = { (name: String) in subject + (name.isEmpty ? ", result" : ", entry \(Words.quoted(name))") }
        let earlier = Dictionary(old.map { (name($0), $0.value) }, uniquingKeysWith: { first, _ in first })
        let later = Set(new.map(name))
        return new.flatMap { entry -> [String] in
            let subject = label(name(entry))
            guard let before = earlier[name(entry)] else {
                return ["\(subject) was added: \(Words.quoted(entry.value?.outline ?? ""))"]
            }
            return changes(subject, before, entry.value)
        } + old.map(name).filter { !later.contains($0) }.map { label($0) + " was removed" }
    }
}

extension BoxedExpression {
    /// The logic in one line, for quoting and comparing.
    var outline: String {
        switch kind {
        case .literal(let text): text.source
        case .table(let table): "a table of \(table.rules.count) rules"
        case .context(let entries):
            "{" + entries.map { "\($0.variable?.name ?? "result"): \($0.value?.outline ?? "")" }.joined(separator: ", ")
                + "}"
        case .invocation(let called, let bindings):
            (called?.outline ?? "") + "("
                + bindings.map { "\($0.parameter.name): \($0.value?.outline ?? "")" }.joined(separator: ", ") + ")"
        case .function(let definition):
            "function(" + definition.parameters.map(\.name).joined(separator: ", ") + ") "
                + (definition.body?.outline ?? "")
        case .relation(let columns, let rows):
            "[" + columns.map(\.name).joined(separator: " | ") + "] "
                + rows.map { "[" + $0.map(\.outline).joined(separator: " | ") + "]" }.joined(separator: ", ")
        case .list(let items): "[" + items.map(\.outline).joined(separator: ", ") + "]"
        case .conditional(let condition, let then, let otherwise):
            "if \(condition.outline) then \(then.outline) else \(otherwise.outline)"
        case .filter(let list, let match): "\(list.outline)[\(match.outline)]"
        case .iteration(let variable, let list, let result):
            "for \(variable) in \(list.outline) return \(result.outline)"
        case .some(let variable, let list, let condition):
            "some \(variable) in \(list.outline) satisfies \(condition.outline)"
        case .every(let variable, let list, let condition):
            "every \(variable) in \(list.outline) satisfies \(condition.outline)"
        }
    }
}
