package import SentenceEncoder
import TextSearch

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
    private let knowing: @Sendable (String) -> Bool

    /// Takes a function that encodes texts on the calling thread, from any thread: a pure function of the text; and one that
    /// says whether the model knows a word.
    package init(
        name: String,
        identity: String,
        dimension: Int,
        languages: Set<String> = ["en"],
        knowing: @Sendable @escaping (String) -> Bool = { _ in false },
        encoding: @Sendable @escaping ([String], Role) -> [[Float]]
    ) {
        (self.name, self.identity, self.dimension) = (name, identity, dimension)
        (self.languages, self.encoding, self.knowing) = (languages, encoding, knowing)
    }

    /// Takes a model.
    package init(_ encoder: SentenceEncoder, name: String, languages: Set<String> = ["en"]) {
        self.init(
            name: name,
            identity: encoder.identity,
            dimension: encoder.dimension,
            languages: languages,
            // The word between the first and the last token.
            knowing: { encoder.tokenizer.count($0) == 3 },
            encoding: { texts, role in
                encoder.encode(batch: texts, as: role == .query ? .query : .passage).map(\.vector)
            }
        )
    }

    /// The vectors of texts, in their order.
    package func encode(_ texts: [String], as role: Role) -> [[Float]] { encoding(texts, role) }

    /// The vectors of texts in 8 bits a coordinate, in their order.
    package func quantized(_ texts: [String], as role: Role) -> [[Int8]] {
        encoding(texts, role).map { QuantizedEmbedding($0).values }
    }

    /// Whether the model understands texts in the language of a locale.
    package func understands(_ locale: String) -> Bool { languages.contains(SearchIndex.language(of: locale)) }

    /// Whether a word is in the model's vocabulary as a whole: then it is no typo to the model, whatever the articles contain.
    package func knows(_ word: String) -> Bool { knowing(word) }
}
