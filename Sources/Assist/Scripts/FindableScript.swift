/// A published script as far as finding it needs: what it is called and what customers say when it fits.
package struct FindableScript: Sendable, Hashable {
    /// The script.
    package let id: String
    /// The version that the caller would get.
    package let version: Int64
    /// Its title.
    package let title: String
    /// Its language; nil fits any.
    package let locale: String?
    /// Its tags.
    package let tags: [String]
    /// What customers say when it fits.
    package let examples: [String]
    /// The articles that its steps name.
    package let knowledge: [String]

    /// Makes the value from its members.
    package init(
        id: String,
        version: Int64,
        title: String,
        locale: String? = nil,
        tags: [String] = [],
        examples: [String] = [],
        knowledge: [String] = []
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.locale = locale
        self.tags = tags
        self.examples = examples
        self.knowledge = knowledge
    }
}

/// A script that fits what is being said.
package struct ScriptFit: Sendable, Hashable {
    /// The script.
    package let script: FindableScript
    /// How well it fits, from the bar of the finder to 1.
    package let score: Double
    /// Why, in one sentence.
    package let because: String

    /// Makes the value from its members.
    package init(script: FindableScript, score: Double, because: String) {
        self.script = script
        self.score = score
        self.because = because
    }
}
