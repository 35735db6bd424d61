import Foundation
import SentenceEncoder
import Sentiment

/// The vectors of texts, each encoded once.
struct SentenceVectors: Sendable {
    /// The identity of the encoder.
    let encoder: String
    let dimension: Int
    private let vectors: [String: MeaningVector]

    /// Encodes texts with the model at `model`, a converted file or a folder in the layout of sentence-transformers.
    ///
    /// Cost: about 3 ms a text on each thread.
    init(_ texts: [String], model: URL) throws {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: model.path, isDirectory: &isFolder)
        let encoder = isFolder.boolValue ? try SentenceEncoder(folder: model) : try SentenceEncoder(converted: model)
        let unique = Array(Set(texts)).sorted()
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let embeddings = encoder.encode(batch: unique, as: .query, threads: threads)
        (self.encoder, dimension) = (encoder.identity, encoder.dimension)
        vectors = Dictionary(
            uniqueKeysWithValues: zip(unique, embeddings).compactMap { text, embedding in
                MeaningVector(embedding.vector).map { (text, $0) }
            }
        )
    }

    /// The vector of a text that was encoded.
    subscript(text: String) -> MeaningVector {
        guard let vector = vectors[text] else { preconditionFailure("a text without a vector: \(text)") }
        return vector
    }
}
