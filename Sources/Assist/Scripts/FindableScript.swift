/// The properties of a published script that are needed to find it: its names and what customers say when it applies.
package struct FindableScript: Sendable, Hashable {
    /// The id of the script.
    package let id: String
    /// The version available to the caller.
    package let version: Int64
    package let title: String
    /// Its language; nil for any language.
    package let locale: String?
    package let tags: [String]
    /// What customers say when it applies.
    package let examples: [String]
    /// The articles that its steps name.
    package let knowledge: [String]

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

/// A script that fits the conversation.
package struct ScriptFit: Sendable, Hashable {
    package let script: FindableScript
    /// How well it fits, from the finder's threshold to 1.
    package let score: Double
    /// The explanation, in one sentence.
    package let because: String

    package init(script: FindableScript, score: Double, because: String) {
        self.script = script
        self.score = score
        self.because = because
    }
}
