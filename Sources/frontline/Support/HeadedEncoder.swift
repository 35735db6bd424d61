import ArgumentParser
import Foundation
import ModelSupply
import SentenceEncoder
import Sentiment

/// The sentence encoder of commands about sentiment; by default there is none.
struct HeadedEncoderOptions: ParsableArguments {
    @Option(
        name: .customLong("encoder"),
        help: "A sentence encoder, by name or path, or auto: what is meant counts too. Else the words alone.",
        completion: .file()
    )
    var name = "off"

    /// Opens the encoder with the heads for a locale; nil if there is to be none.
    func open(locale: String) throws -> HeadedEncoder? {
        let shelf = ModelShelf(dataFolder: ".frontline")
        let encoder = try shelf.openWanted(EncoderChoice(name)) { Console.error("warning: \($0.error)") }
        guard let encoder else { return nil }
        guard let heads = SentimentHeads.heads(for: locale, encoder: encoder.model.identity) else {
            throw CommandFailure(
                message: "the sentiment has no heads for the model \(encoder.name) and the language “\(locale)”"
            )
        }
        return HeadedEncoder(encoder: encoder.model, heads: heads)
    }
}

/// A sentence encoder with the heads that were trained on its vectors.
struct HeadedEncoder {
    let encoder: SentenceEncoder
    let heads: SentimentHeads

    /// What a text means; nil if it has no direction.
    func meaning(_ text: String) -> MeaningVector? { MeaningVector(encoder.encode(text, as: .query).vector) }

    /// What the meaning of a text says about its sentiment.
    func estimate(_ text: String) -> SentimentHeads.Estimate? { meaning(text).flatMap(heads.estimate) }
}
