import SentenceEncoder

/// The files of a model in the layout of sentence-transformers that are read, and how large each may be.
enum ModelFiles {
    static let configuration = "config.json"
    static let weights = "model.safetensors"

    /// Paths below the model's folder; all but the configuration and the weights may be absent.
    static func limits(_ limits: ModelLimits = ModelLimits()) -> [(path: String, bytes: Int)] {
        [
            (configuration, limits.headerBytes), ("modules.json", limits.headerBytes),
            ("1_Pooling/config.json", limits.headerBytes), ("sentence_bert_config.json", limits.headerBytes),
            ("config_sentence_transformers.json", limits.headerBytes), ("tokenizer_config.json", limits.headerBytes),
            ("tokenizer.json", limits.vocabularyBytes), ("vocab.txt", limits.vocabularyBytes),
            (weights, limits.modelBytes),
        ]
    }
}
