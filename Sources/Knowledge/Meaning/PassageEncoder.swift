package import SentenceEncoder

/// The model that turns passages and queries into vectors, as this module uses it.
package struct PassageEncoder: Sendable {
    /// What a text is; models can treat both differently.
    package enum Role: Sendable, Hashable {
        case query
        case passage
    }

    /// The model's name, for people.
    package let name: String
    /// Changes with everything that changes vectors: those of one identity can be compared.
    package let identity: String
    /// Coordinates of a vector.
    package let dimension: Int
    /// The primary languages of which the model understands texts, such as `en`.
    ///
    /// Articles in others are not encoded, and who asks in another is answered by words.
    package let languages: Set<String>
    private let encoding: @Sendable ([String], Role) -> [[Float]]

    /// Takes a function that encodes texts on the calling thread, from any thread: a pure function of the text.
    package init(
        name: String,
        identity: String,
        dimension: Int,
        languages: Set<String> = ["en"],
        encoding: @Sendable @escaping ([String], Role) -> [[Float]]
    ) {
        (self.name, self.identity, self.dimension) = (name, identity, dimension)
        (self.languages, self.encoding) = (languages, encoding)
    }

    /// Takes a model.
    package init(_ encoder: SentenceEncoder, name: String, languages: Set<String> = ["en"]) {
        self.init(name: name, identity: encoder.identity, dimension: encoder.dimension, languages: languages) {
            texts,
            role in
            encoder.encode(batch: texts, as: role == .query ? .query : .passage).map(\.vector)
        }
    }

    /// The vectors of texts, in their order.
    package func encode(_ texts: [String], as role: Role) -> [[Float]] { encoding(texts, role) }
}
