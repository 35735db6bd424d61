/// Why a model cannot be read or used.
public struct EncoderError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable {
        /// A file is missing or cannot be read or written.
        case unreadable
        /// A file is not in its format, or its parts contradict each other.
        case malformed
        /// The model is of a kind that this library does not run.
        case unsupported
        /// A file or a dimension is beyond ``ModelLimits``.
        case tooLarge
        /// A converted model is damaged.
        case corrupt
    }

    /// The kind of failure.
    public let code: Code
    /// The file that it concerns.
    public let file: String
    /// The tensor that it concerns, if it is one.
    public let tensor: String?
    /// What is wrong, without the names.
    public let message: String

    init(_ code: Code, file: String, tensor: String? = nil, _ message: String) {
        self.code = code
        self.file = file
        self.tensor = tensor
        self.message = message
    }

    /// File, tensor and message.
    public var description: String {
        tensor.map { "\(file), tensor \($0): \(message)" } ?? "\(file): \(message)"
    }
}

/// What a model may have at most; anything larger is refused before memory is taken for it.
public struct ModelLimits: Sendable, Hashable {
    /// Bytes of a file with tensors, or of a converted model.
    public var modelBytes = 4 << 30
    /// Bytes of a tokenizer or a vocabulary.
    public var vocabularyBytes = 64 << 20
    /// Bytes of the description in front of tensors, and of every other JSON file.
    public var headerBytes = 16 << 20
    /// Tokens of a vocabulary.
    public var vocabularySize = 1 << 20
    /// Transformer layers.
    public var layers = 64
    /// Width of a layer, and of its intermediate part.
    public var width = 16_384
    /// Positions that have an embedding.
    public var positions = 8_192

    /// Limits that every published model of the family is below.
    public init() {}
}
