import FEEL
import IEEEDecimal
import Spelling
import StrictYAML
import Vocabulary
import Yams

extension MeasureDefinition {
    /// Reads a definition, and tries its expressions with the sample of each fact.
    ///
    /// - Parameters:
    ///   - yaml: the file's text.
    ///   - name: the name of the measure.
    ///   - file: the file's name in errors.
    /// - Throws: ``MeasureError`` with every mistake and its place.
    package init(yaml: String, name: String, file: String) throws(MeasureError) {
        let reader = MeasureReader(name: name, file: file)
        self = try reader.read(MeasureNode.parse(yaml, file: file))
    }

    /// Whether a text can be the name of a measure: small letters, digits and `_`, beginning with a letter, at most 60.
    package static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, (97...122).contains(first), text.utf8.count <= 60 else { return false }
        return text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }
}

/// Reads one definition; a member with a mistake is reported, and reading goes on.
private final class MeasureReader {
    private static let members = [
        "title", "note", "population", "where", "exclude", "statistic", "of", "per", "groups", "direction", "unit",
        "owner", "audience", "least", "suppression",
    ]
    private static let maximumGroups = 8
    private static let maximumLeast = 1_000
    private static let maximumTitles = 30

    private let name: String
    private let file: String
    private var findings: [MeasureError.Finding] = []

    init(name: String, file: String) { (self.name, self.file) = (name, file) }

    func read(_ root: MeasureNode) throws(MeasureError) -> MeasureDefinition {
        if !MeasureDefinition.isName(name) {
            findings.append(
                root.finding("“\(name.prefix(60))” is not the name of a measure: a letter, then a to z, 0 to 9 and “_”")
            )
        }
        let map = try root.members(Self.members) { findings.append($0) }
        for name in ["title", "population", "statistic", "unit", "owner"] where map[name] == nil {
            findings.append(root.finding("“\(name)” is missing"))
        }
        let kind = note { () throws(MeasureError) in try map["population"]?.choice(of: RecordKind.self) }
        let statistic = note { () throws(MeasureError) in
            try map["statistic"]?.choice(of: MeasureDefinition.Statistic.self)
        }
        let titles = note { () throws(MeasureError) in try map["title"].map(self.titles) } ?? [:]
        let remark = note { () throws(MeasureError) in try map["note"]?.text() }
        let unit = note { () throws(MeasureError) in try map["unit"]?.text(most: 40) }
        let owner = note { () throws(MeasureError) in try map["owner"]?.text(most: 200) }
        let audience = note { () throws(MeasureError) in try map["audience"]?.choice(of: MeasureAudience.self) }
        let direction = note { () throws(MeasureError) in
            try map["direction"]?.choice(of: MeasureDefinition.Direction.self)
        }
        let suppression = note { () throws(MeasureError) in
            try map["suppression"]?.choice(of: MeasureDefinition.Suppression.self)
        }
        let least = note { () throws(MeasureError) in try map["least"]?.integer(in: 1...Self.maximumLeast) }
        guard let kind, let statistic else { throw MeasureError(findings: sorted) }
        let groups = note { () throws(MeasureError) in try self.groups(map["groups"], of: kind) } ?? []
        let expressions = expressions(map, kind, statistic, audience ?? .agent, root)
        guard findings.isEmpty, let unit, let owner else { throw MeasureError(findings: sorted) }
        return MeasureDefinition(
            name: name,
            titles: titles,
            note: remark,
            kind: kind,
            statistic: statistic,
            groups: groups,
            direction: direction ?? .none,
            unit: unit,
            owner: owner,
            audience: audience ?? .agent,
            least: least ?? 1,
            suppression: suppression ?? .complementary,
            expressions: ["where", "exclude", "of", "per"].compactMap { member in
                expressions[member].map { (member, $0.text) }
            },
            condition: expressions["where"],
            exclusion: expressions["exclude"],
            value: expressions["of"],
            divisor: expressions["per"],
            binding: FactBinding.of(kind),
            storedGroups: groups.filter { $0 != "agent" && $0 != "team" }.sorted()
        )
    }

    private var sorted: [MeasureError.Finding] {
        findings.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// What a part of the work gives; a mistake is reported and gives nil.
    private func note<T>(_ work: () throws(MeasureError) -> T?) -> T? {
        do throws(MeasureError) {
            return try work()
        } catch {
            findings += error.findings
            return nil
        }
    }

    private func titles(_ node: MeasureNode) throws(MeasureError) -> [String: String] {
        guard let map = node.node.mapping else { return ["en": try node.text(most: 200)] }
        guard map.count <= Self.maximumTitles else {
            throw node.error("at most \(Self.maximumTitles) languages are expected")
        }
        var titles: [String: String] = [:]
        for (key, value) in map {
            let title = try node.child(value).text(most: 200)
            titles[(key.scalar?.string ?? "").lowercased()] = title
        }
        guard titles["en"] != nil else { throw node.error("the title in English, “en”, is missing") }
        return titles
    }

    private func groups(_ node: MeasureNode?, of kind: RecordKind) throws(MeasureError) -> [String] {
        let known = FactCatalog.groups(of: kind)
        var result: [String] = []
        for (text, node) in try node?.texts(most: Self.maximumGroups) ?? [] {
            guard known.contains(text) else {
                let guess = NearestName.question(text, among: known)
                findings.append(
                    node.finding(
                        "\(kind.rawValue) cannot be grouped by “\(text.prefix(40))”, "
                            + "only by \(known.joined(separator: ", "))\(guess)"
                    )
                )
                continue
            }
            if !result.contains(text) { result.append(text) }
        }
        return result
    }

    // MARK: Expressions

    private func expressions(
        _ map: [String: MeasureNode],
        _ kind: RecordKind,
        _ statistic: MeasureDefinition.Statistic,
        _ audience: MeasureAudience,
        _ root: MeasureNode
    ) -> [String: MeasureExpression] {
        let wanted: [String] =
            switch statistic {
            case .count: []
            case .sum, .mean, .proportion: ["of"]
            case .ratio: ["of", "per"]
            }
        for member in ["of", "per"] {
            if wanted.contains(member), map[member] == nil {
                findings.append(root.finding("“\(member)” is missing, which a \(statistic.rawValue) needs"))
            } else if !wanted.contains(member), let node = map[member] {
                findings.append(node.finding("a \(statistic.rawValue) has no “\(member)”"))
            }
        }
        var result: [String: MeasureExpression] = [:]
        for member in ["where", "exclude"] + wanted {
            guard let node = map[member] else { continue }
            let isFlag = member == "where" || member == "exclude" || statistic == .proportion
            result[member] = expression(node, member, isFlag: isFlag, FactBinding.of(kind), audience)
        }
        return result
    }

    private func expression(
        _ node: MeasureNode,
        _ member: String,
        isFlag: Bool,
        _ binding: FactBinding,
        _ audience: MeasureAudience
    ) -> MeasureExpression? {
        guard let text = note({ () throws(MeasureError) in try node.text() }) else { return nil }
        let expression: MeasureExpression
        do {
            expression = try MeasureExpression(text, over: binding)
        } catch {
            report(node, member, error.message, error.position)
            return nil
        }
        let unknown = expression.expression.unknownNames
        for name in unknown {
            let word = Self.word(in: text, at: name.position)
            let guess = NearestName.question(word, among: binding.facts.map(\.name))
            let what = "\(binding.kind.rawValue) have no fact “\(word.prefix(60))”"
            report(node, member, what + (guess.isEmpty ? "; see `frontline measures facts`" : guess), name.position)
        }
        for fact in expression.facts where fact.audience > audience {
            report(
                node,
                member,
                "“\(fact.name)” is for a \(fact.audience.rawValue), and the measure for an \(audience.rawValue): "
                    + "“audience: \(fact.audience.rawValue)” is missing"
            )
        }
        guard unknown.isEmpty else { return nil }
        guard !expression.facts.isEmpty else {
            report(node, member, "the expression reads no fact")
            return nil
        }
        return isSound(expression, node, member, isFlag: isFlag, binding) ? expression : nil
    }

    /// Tries an expression; one that fails for the samples of all facts cannot be meant.
    private func isSound(
        _ expression: MeasureExpression,
        _ node: MeasureNode,
        _ member: String,
        isFlag: Bool,
        _ binding: FactBinding
    ) -> Bool {
        let (value, problem) = expression.sample(binding)
        switch value {
        case .boolean where isFlag: return true
        case .number(let number) where !isFlag:
            guard member == "per", number.isZero else { return true }
            report(node, member, "the statistic divides by nothing: this is 0 for the samples of all facts")
        case .null:
            let why = problem.map { ": " + $0.message } ?? ""
            report(node, member, "this has no value for the samples of all facts\(why)", problem?.position)
        default:
            let what = isFlag ? "true or false" : "a number"
            report(node, member, "this gives a \(value.typeName), and \(what) is expected")
        }
        return false
    }

    private func report(_ node: MeasureNode, _ member: String, _ message: String, _ position: SourcePosition? = nil) {
        let position = position ?? SourcePosition()
        findings.append(node.finding("\(member): \(message)", line: position.line, column: position.column))
    }

    /// The word that stands at a place of a text.
    private static func word(in text: String, at position: SourcePosition) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard position.line <= lines.count else { return "" }
        let rest = String.UnicodeScalarView(lines[position.line - 1].unicodeScalars.dropFirst(position.column - 1))
        return String(String(rest).prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
}
