import Digests
import Foundation
import SentenceEncoder

/// The files of sentence encoders.
extension FuzzTarget {
    private static let vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "##a", "\u{e9}", "e\u{301}", "京"]

    private static let configuration = """
        {"model_type": "bert", "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
         "intermediate_size": 16, "vocab_size": \(vocabulary.count), "max_position_embeddings": 8}
        """

    /// The weights of a small model in the format safetensors.
    private static let tensors: [UInt8] = {
        var shapes = [
            ("embeddings.word_embeddings.weight", [vocabulary.count, 16]),
            ("embeddings.position_embeddings.weight", [8, 16]),
            ("embeddings.token_type_embeddings.weight", [2, 16]),
        ]
        let products = [
            "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
            "intermediate.dense", "output.dense",
        ].map { "encoder.layer.0.\($0)" }
        let norms = ["attention.output.LayerNorm", "output.LayerNorm"].map { "encoder.layer.0.\($0)" }
        for name in products { shapes.append((name + ".weight", [16, 16])) }
        for name in norms + ["embeddings.LayerNorm"] { shapes.append((name + ".weight", [16])) }
        for name in products + norms + ["embeddings.LayerNorm"] { shapes.append((name + ".bias", [16])) }
        var data: [UInt8] = []
        let entries = shapes.map { name, shape in
            let start = data.count
            // The values 0.5 and -2 as bfloat16.
            for i in 0..<shape.reduce(1, *) { data += i % 3 == 0 ? [0x00, 0x3F] : [0x00, 0xC0] }
            return "\"\(name)\":{\"dtype\":\"BF16\",\"shape\":\(shape),\"data_offsets\":[\(start),\(data.count)]}"
        }
        let header = Array("{\(entries.joined(separator: ","))}".utf8)
        return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
    }()

    /// The files of a small model by their paths.
    static let modelFiles: [(path: String, bytes: [UInt8])] = [
        ("config.json", Array(configuration.utf8)), ("model.safetensors", tensors),
        ("vocab.txt", Array(vocabulary.joined(separator: "\n").utf8)),
    ]

    /// Writes the model's files to a folder, one of them fuzzed.
    private static func folder(_ name: String, _ bytes: [UInt8]) -> URL {
        let folder = scratch("encoder-\(name)")
        let files = Dictionary(uniqueKeysWithValues: modelFiles.map { ($0.path, $0.bytes) }).merging([name: bytes]) {
            $1
        }
        for (name, bytes) in files { try? Data(bytes).write(to: folder.appendingPathComponent(name)) }
        return folder
    }

    private static func encode(with encoder: SentenceEncoder) {
        for text in ["", "a ba [SEP] \u{e9}京", String(repeating: "ab ", count: 50)] {
            let vector = encoder.encode(text, as: .query).vector
            require(vector.count == encoder.dimension && vector.allSatisfy(\.isFinite), "vectors are finite")
        }
    }

    /// Weights, with which sentences are encoded.
    static let weights = FuzzTarget(name: "weights", corpus: { _ in [tensors] }) { bytes in
        if let encoder = try? SentenceEncoder(folder: folder("model.safetensors", bytes)) { encode(with: encoder) }
    }

    /// Configurations of encoders.
    static let encoderConfiguration = FuzzTarget(
        name: "encoder-configuration",
        corpus: { _ in [Array(configuration.utf8)] }
    ) { bytes in
        if let encoder = try? SentenceEncoder(folder: folder("config.json", bytes)) { encode(with: encoder) }
    }

    /// Tokenizers, with which the input itself is split.
    static let tokenizer = FuzzTarget(
        name: "tokenizer",
        corpus: { _ in
            let entries = vocabulary.enumerated().map { "\"\($1)\": \($0)" }.joined(separator: ", ")
            let text = """
                {"added_tokens": [{"id": 3, "content": "[SEP]"}], "normalizer": {"type": "BertNormalizer"},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {\(entries)}}}
                """
            return [Array(text.utf8)]
        }
    ) { bytes in
        guard let tokenizer = try? Tokenizer(folder: folder("tokenizer.json", bytes)) else { return }
        let ids = tokenizer.encode(String(decoding: bytes, as: UTF8.self), limit: 1_000)
        require(ids.allSatisfy { 0 <= $0 && Int($0) < tokenizer.vocabularySize }, "ids are of the vocabulary")
    }

    /// Converted models, whose checksum is made right so that what it covers is read.
    static let convertedModel = FuzzTarget(
        name: "converted-model",
        corpus: { _ in
            let file = folder("model.safetensors", tensors).appendingPathComponent("corpus.encoder")
            guard let encoder = try? SentenceEncoder(folder: file.deletingLastPathComponent()),
                (try? encoder.write(to: file)) != nil, let data = try? Data(contentsOf: file)
            else { return [] }
            return [Array(data)]
        }
    ) { bytes in
        var bytes = bytes
        if bytes.count > 64 {
            bytes.replaceSubrange(32..<64, with: SHA256.digest(of: Array(bytes[64...])))
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { bytes.replaceSubrange(24..<32, with: $0) }
        }
        if let encoder = try? SentenceEncoder(converted: bytes) { encode(with: encoder) }
    }
}
