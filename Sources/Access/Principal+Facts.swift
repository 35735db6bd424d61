import Foundation
package import Vocabulary

extension Principal {
    /// The agent as the input of policies and scripts, the same for all of them.
    ///
    /// The members are the attributes by name, then `subject`, then `role`: the first role held in ``Role/precedence``.
    /// An attribute of one value is a text, however it was given; of several a list of texts. The team
    /// ``everyTeam`` is left out.
    ///
    /// - Parameter teams: stand in for the attribute `team` where the subject has none, such as the teams of the
    ///   conversation that it leads.
    /// - Returns: the members in that order; without `role` for a subject that holds none.
    package func facts(inTeams teams: [String] = []) -> JSONObject {
        var attributes = ruleAttributes
        if attributes["team"] == nil, !teams.isEmpty { attributes["team"] = .many(teams) }
        var facts = JSONObject()
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            let texts = value.strings
            facts[name] = texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSON.string))
        }
        facts["subject"] = .string(subject)
        facts["role"] = Role.precedence.first(where: roles.contains).map { .string($0.rawValue) }
        return facts
    }
}

extension Role {
    /// The roles in the order in which one of several is named to policies: the widest authority over grants first.
    package static let precedence: [Role] = allCases.sorted { $0.rank < $1.rank }

    private var rank: Int {
        switch self {
        case .admin: 0
        case .supervisor: 1
        case .agent: 2
        case .auditor: 3
        case .integration: 4
        case .knowledgeManager: 5
        case .operations: 6
        }
    }
}

/// Attributes as they are stored: a JSON object with sorted keys, so that equal attributes have equal text.
extension [String: AttributeValue] {
    func storedText() throws -> String {
        let object = mapValues { value -> Any in
            switch value {
            case .one(let text): text
            case .many(let texts): texts
            }
        }
        let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }

    init(storedText: String) throws {
        let object = try JSONSerialization.jsonObject(with: Data(storedText.utf8)) as? [String: Any] ?? [:]
        self = object.compactMapValues { value in
            if let text = value as? String { return .one(text) }
            return (value as? [String]).map(AttributeValue.many)
        }
    }
}

/// Tiers as the wire has them: the strings "1", "2", "3", compared as numbers.
package enum Tier {
    /// The number of a tier; nil for what is none.
    package static func number(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 2, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}

extension Principal {
    /// The tier as a number; nil when the subject has none, or several.
    package var tier: Int? {
        guard let tiers = attributes["tier"]?.strings, tiers.count == 1 else { return nil }
        return Tier.number(tiers[0])
    }
}
