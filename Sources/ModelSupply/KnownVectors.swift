import Foundation
package import SentenceEncoder
import Vocabulary

/// What a model made of known sentences when it was added, to find out later whether it still does.
///
/// They are stored as JSON beside the model. They detect a copy that fits to another model, and a processor or a set of
/// kernels that computes something else.
package struct KnownVectors: Sendable {
    /// The sentences: short and long, plain and odd, with numbers, names and other scripts.
    package static let sentences = [
        "Where is my order?",
        "It was promised for Tuesday and nobody has called me since.",
        "I was charged twice for the same pair of headphones, and I would like one payment back.",
        "Can you tell me how to reset the router after a power cut?",
        "no",
        "Thank you, that is all I wanted to know.",
        "The screen flickers as soon as the cable is moved, whether or not the lamp beside it is on.",
        "Please cancel the subscription at the end of the month; I have moved and the new flat has its own line.",
        "Ticket 48213: error E-07, firmware 2.10.3",
        "Une cliente d'Orléans demande un reçu pour sa commande n° 15.",
        "Mein Paket liegt seit Freitag beim Nachbarn \u{2013} können Sie es umleiten?",
        "\u{914D}\u{9001}\u{306F}\u{3044}\u{3064}\u{3067}\u{3059}\u{304B} \u{1F4E6}",
    ]

    /// The least cosine between a stored vector and the same one computed again.
    ///
    /// Sets of kernels differ in how floats are rounded, which can move an activation of 8 bits by one step; the least
    /// cosine of all-MiniLM-L6-v2 between two sets is 0.9993. A wrong weight or a wrong product moves a vector further.
    package static let leastCosine: Float = 0.998

    /// The largest file that is read, in bytes.
    private static let largestFile = 16 << 20

    private struct File: Codable {
        struct Sentence: Codable {
            let text: String
            let vector: [Double]
        }

        let model: String
        let sentences: [Sentence]
    }

    private let identity: String
    private let vectors: [(text: String, embedding: Embedding)]

    /// Encodes the sentences.
    package init(of encoder: SentenceEncoder) {
        identity = encoder.identity
        let embeddings = encoder.encode(batch: Self.sentences, as: .passage)
        vectors = zip(Self.sentences, embeddings).map { ($0, $1) }
    }

    /// Reads the vectors that were stored with a model.
    ///
    /// - Throws: ``ModelError`` `vectors` if there are none, or they cannot be read.
    package init(of model: StoredModel) throws(ModelError) {
        let url = model.vectorsURL
        guard model.isConverted, FileManager.default.fileExists(atPath: url.path) else {
            let (path, folder) = (model.url.path, url.deletingLastPathComponent().path)
            let advice =
                model.isConverted
                ? "`frontline model add \(path) --models \(folder)` stores them beside it"
                : "`frontline model add \(path)` converts it and stores them"
            throw ModelError(.vectors, "there are no vectors to compare \(model.name) with; \(advice)")
        }
        do {
            let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            guard size <= Self.largestFile else {
                throw ModelError(.vectors, "\(url.path) is larger than \(Self.largestFile) bytes")
            }
            let json = try JSON(parsing: [UInt8](Data(contentsOf: url)))
            let file = try JSONDecoding.decode(File.self, from: json, root: "vectors")
            identity = file.model
            vectors = file.sentences.map { ($0.text, Embedding($0.vector.map { Float($0) })) }
        } catch let error as ModelError {
            throw error
        } catch {
            throw ModelError(.vectors, "\(url.path) cannot be read: \(error)", cause: error)
        }
    }

    /// Writes the vectors; the file is complete or not there.
    func write(to url: URL) throws(ModelError) {
        let file = File(
            model: identity,
            // Six digits are more than the kernels agree in.
            sentences: vectors.map { text, embedding in
                .init(text: text, vector: embedding.vector.map { (Double($0) * 1e6).rounded() / 1e6 })
            }
        )
        do {
            try Data(JSONEncoding.encode(file).serialized()).write(to: url, options: .atomic)
        } catch {
            throw ModelError(.unwritable, "\(url.path) cannot be written", cause: error)
        }
    }

    /// The least cosine between the stored vectors and those that an encoder computes now.
    ///
    /// - Throws: ``ModelError`` `vectors` if they are those of another model.
    package func agreement(with encoder: NamedEncoder) throws(ModelError) -> Float {
        guard identity == encoder.model.identity, !vectors.isEmpty,
            vectors.allSatisfy({ $0.embedding.vector.count == encoder.dimensions })
        else {
            throw ModelError(
                .vectors,
                "the vectors beside \(encoder.name) are those of another model; add it again"
            )
        }
        let computed = encoder.model.encode(batch: vectors.map(\.text), as: .passage)
        let cosines = zip(vectors, computed).map { $0.embedding.cosine($1) }
        // A comparison with what is not a number is always false, so `min` would pass over it.
        return cosines.allSatisfy(\.isFinite) ? cosines.reduce(1, min) : -1
    }
}
