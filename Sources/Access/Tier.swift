import Vocabulary

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
