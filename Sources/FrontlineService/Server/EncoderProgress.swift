import Assist
import FrontlineProtocol
import Knowledge
import ModelSupply

/// What the server says of its sentence encoder.
extension Services {
    /// The encoder in use, and how many passages of articles have their vectors.
    var encoderProgress: ServerInfo.Encoder {
        guard let encoder, let meaning = index.meaning else {
            return ServerInfo.Encoder(state: .off, passages: 0, embedded: 0)
        }
        let progress = meaning.progress
        return ServerInfo.Encoder(
            name: encoder.name,
            dimensions: encoder.dimensions,
            state: progress.isComplete ? .ready : .embedding,
            passages: progress.passages,
            embedded: progress.embedded,
            mood: assistant.hasHeads ? .ready : .off
        )
    }

    /// The same in words, for health and the log.
    var encoderSentence: String {
        guard let encoder, let meaning = index.meaning else { return "none: search and suggestions use words only" }
        let progress = meaning.progress
        return "\(encoder.name), \(encoder.dimensions) dimensions; "
            + "\(progress.embedded) of \(progress.passages) passages embedded"
            + (assistant.hasHeads ? "" : "; the mood is by words only, its models belong to another encoder")
    }
}
