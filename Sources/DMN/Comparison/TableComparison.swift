/// The difference of two versions of a decision table: columns by their titles, rules by their ids, cells by their text.
struct TableComparison {
    /// A cell of a rule under the title of its column.
    private typealias Cell = (title: String, text: String)

    private let subject: String
    private let old: DecisionTable
    private let new: DecisionTable

    init(_ subject: String, _ old: DecisionTable, _ new: DecisionTable) {
        (self.subject, self.old, self.new) = (subject, old, new)
    }

    func changes() -> [String] {
        head() + columns("input", old.inputs.map(\.title), new.inputs.map(\.title))
            + columns("output", old.outputs.map(\.title), new.outputs.map(\.title)) + rules()
    }

    private func head() -> [String] {
        var changes = Words.change("\(subject): hit policy", old.hitPolicy.description, new.hitPolicy.description)
        for output in new.outputs {
            guard let before = old.outputs.first(where: { $0.title == output.title }) else { continue }
            let label = "\(subject), output \(Words.quoted(output.title))"
            changes += Words.change("\(label): default", before.defaultEntry?.source, output.defaultEntry?.source)
            changes += Words.change("\(label): values", before.allowedValues?.source, output.allowedValues?.source)
        }
        for input in new.inputs {
            guard let before = old.inputs.first(where: { $0.title == input.title }) else { continue }
            let label = "\(subject), input \(Words.quoted(input.title))"
            changes += Words.change("\(label): expression", before.expression.source, input.expression.source)
            changes += Words.change("\(label): values", before.allowedValues?.source, input.allowedValues?.source)
        }
        return changes
    }

    private func columns(_ noun: String, _ old: [String], _ new: [String]) -> [String] {
        new.filter { !old.contains($0) }.map { "\(subject): the \(noun) \(Words.quoted($0)) was added" }
            + old.filter { !new.contains($0) }.map { "\(subject): the \(noun) \(Words.quoted($0)) was removed" }
    }

    // MARK: Rules

    private func rules() -> [String] {
        let (before, after) = (Self.names(of: old), Self.names(of: new))
        let earlier = Dictionary(zip(before, old.rules.indices), uniquingKeysWith: { first, _ in first })
        let kept = Set(after)
        var changes = new.rules.indices.flatMap { row -> [String] in
            let label = "\(subject), \(Self.label(after[row], row: row))"
            guard let partner = earlier[after[row]] else { return ["\(label) was added: \(Self.text(new, row))"] }
            return compare(label, old.rules[partner], new.rules[row])
        }
        changes += old.rules.indices.filter { !kept.contains(before[$0]) }.map { row in
            "\(subject), \(Self.label(before[row], row: row)) was removed: \(Self.text(old, row))"
        }
        let common = Set(before).intersection(kept)
        if Self.orderDecides(new.hitPolicy), before.filter(common.contains) != after.filter(common.contains) {
            changes.append("\(subject): the rules stand in another order")
        }
        return changes
    }

    private func compare(_ label: String, _ before: DecisionTable.Rule, _ after: DecisionTable.Rule) -> [String] {
        let earlier = Dictionary(Self.cells(old, before).map { ($0.title, $0.text) }, uniquingKeysWith: { $1 })
        return Self.cells(new, after).flatMap { title, text -> [String] in
            // A column that is new is told once, not for every rule.
            guard let before = earlier[title] else { return [] }
            return Words.change("\(label): \(Words.quoted(title))", before, text)
        }
    }

    /// The rules' ids; their rows where ids are missing or stand twice.
    private static func names(of table: DecisionTable) -> [String] {
        let ids = table.rules.map(\.id)
        let isUsable = !ids.contains("") && Set(ids).count == ids.count
        return isUsable ? ids : ids.indices.map { "\($0 + 1)" }
    }

    private static func label(_ name: String, row: Int) -> String {
        name == "\(row + 1)" ? "row \(row + 1)" : "rule \(name) (row \(row + 1))"
    }

    private static func orderDecides(_ policy: HitPolicy) -> Bool {
        switch policy {
        case .first, .ruleOrder: true
        default: false
        }
    }

    /// The cells of a rule, inputs first, then outputs and notes; columns of the same title are told apart by their number.
    private static func cells(_ table: DecisionTable, _ rule: DecisionTable.Rule) -> [Cell] {
        var seen: [String: Int] = [:]
        let columns = table.inputs.map(\.title) + table.outputs.map(\.title) + table.annotations
        let texts = rule.inputs.map(\.source) + rule.outputs.map(\.source) + rule.annotations
        return zip(columns, texts).map { title, text in
            seen[title, default: 0] += 1
            let number = seen[title] ?? 1
            return (number == 1 ? title : "\(title) (\(number))", text)
        }
    }

    /// A rule in one line: its conditions that are no mere dash, then its answers.
    private static func text(_ table: DecisionTable, _ row: Int) -> String {
        let rule = table.rules[row]
        let conditions = zip(table.inputs, rule.inputs).filter { $1.source != "-" && !$1.source.isEmpty }
        let answers = zip(table.outputs, rule.outputs).map { "\($0.title) \(Words.quoted($1.source))" }
        let given = conditions.map { "\($0.title) \(Words.quoted($1.source))" }
        return (given.isEmpty ? "always" : "when " + given.joined(separator: ", ")) + " → "
            + answers.joined(separator: ", ")
    }
}
