import FrontlineProtocol
import ModelSupply

/// What the server says of its sentence encoder.
extension Services {
    /// The encoder in use, and how many passages of articles have their vectors.
    var encoderProgress: ServerInfo.Encoder {
        guard let encoder else { return ServerInfo.Encoder(state: .off, passages: 0, embedded: 0) }
        return ServerInfo.Encoder(
            name: encoder.name,
            dimensions: encoder.dimensions,
            state: .ready,
            passages: 0,
            embedded: 0
        )
    }

    /// The same in words, for health and the log.
    var encoderSentence: String {
        encoder.map { "\($0.name), \($0.dimensions) dimensions" } ?? "none: search and suggestions use words only"
    }
}
