import Foundation
import SampleModels
import SentenceEncoder
import Testing

/// Models that are broken, foreign or made to harm: an error that names what is wrong.
@Suite struct DamagedModelTests {
    private func error(
        limits: ModelLimits = ModelLimits(),
        _ change: (TemporaryFolder, SyntheticModel) throws -> Void
    ) throws -> EncoderError {
        let folder = TemporaryFolder()
        let model = SyntheticModel()
        try model.write(to: folder)
        try change(folder, model)
        var options = SentenceEncoder.Options()
        options.limits = limits
        return try #require(throws: EncoderError.self) { try SentenceEncoder(folder: folder.url, options: options) }
    }

    @Test(arguments: [
        ("\"bert\"", "\"gpt2\"", EncoderError.Code.unsupported), ("\"gelu\"", "\"relu\"", .unsupported),
        ("\"hidden_size\": 32", "\"hidden_size\": 40", .unsupported),
        ("\"hidden_size\": 32", "\"hidden_size\": 1e12", .tooLarge),
        ("\"hidden_size\": 32", "\"hidden_size\": -32", .malformed),
        ("\"hidden_size\": 32", "\"hidden_size\": 48", .malformed),
        ("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", .malformed),
        ("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 65", .tooLarge),
        ("\"num_attention_heads\": 4", "\"num_attention_heads\": 0", .malformed),
        ("\"num_attention_heads\": 4", "\"num_attention_heads\": 5", .malformed),
        ("\"vocab_size\": 56", "\"vocab_size\": 55", .malformed),
        ("\"vocab_size\": 56", "\"vocab_size\": 2000000000", .tooLarge),
        ("\"max_position_embeddings\": 40", "\"max_position_embeddings\": 31", .tooLarge),
        ("\"layer_norm_eps\": 1e-12", "\"layer_norm_eps\": -1", .malformed),
        ("\"model_type\"", "\"model_type\": \"bert\" \"", .malformed),
    ])
    func `a configuration that does not fit is refused`(_ from: String, _ to: String, _ code: EncoderError.Code) throws
    {
        let error = try error { folder, model in
            #expect(model.configuration.contains(from))
            try folder.write("config.json", model.configuration.replacing(from, with: to))
        }
        #expect(error.code == code, "\(error)")
        #expect(["config.json", "vocab.txt", "model.safetensors"].contains(error.file), "\(error)")
    }

    @Test(arguments: [
        ("\"F32\",\"shape\":[56, 32]", "\"F99\",\"shape\":[56, 32]", EncoderError.Code.malformed),
        ("\"F32\",\"shape\":[56, 32]", "\"I32\",\"shape\":[56, 32]", .unsupported),
        ("\"F32\",\"shape\":[56, 32]", "\"F32\",\"shape\":[32, 56]", .malformed),
        ("\"F32\",\"shape\":[56, 32]", "\"F32\",\"shape\":[9e15, 9e15, 32]", .malformed),
        ("\"F32\",\"shape\":[56, 32]", "\"F32\",\"shape\":[-56, -32]", .malformed),
        ("\"F32\",\"shape\":[56, 32]", "\"F32\",\"shape\":[1.5]", .malformed),
        ("word_embeddings", "word_embedding", .malformed),
        ("\"data_offsets\":[", "\"data_offsets\":[-8,", .malformed),
        ("\"data_offsets\":[", "\"data_offsets\":[9e18,", .malformed),
    ])
    func `a header that is wrong is refused with the tensor's name`(
        _ from: String,
        _ to: String,
        _ code: EncoderError.Code
    ) throws {
        let error = try error { folder, model in
            try folder.write("model.safetensors", model.safeTensors { $0.replacing(from, with: to) })
        }
        #expect(error.code == code && error.file == "model.safetensors" && error.tensor != nil, "\(error)")
        #expect(error.description.hasPrefix("model.safetensors, tensor "))
    }

    @Test func `weights that are not finite are refused`() throws {
        let error = try error { folder, model in
            var bytes = model.safeTensors()
            bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xC0, 0x7F])
            try folder.write("model.safetensors", bytes)
        }
        #expect(error.code == .malformed && error.tensor == "encoder.layer.1.output.dense.weight", "\(error)")
    }

    @Test func `a truncated file is refused wherever it ends`() throws {
        let folder = TemporaryFolder()
        let model = SyntheticModel()
        try model.write(to: folder)
        let bytes = model.safeTensors()
        for length in Array(0...12) + Array(stride(from: 13, to: bytes.count, by: 4_999)) {
            try folder.write("model.safetensors", Array(bytes.prefix(length)))
            let error = #expect(throws: EncoderError.self) { try SentenceEncoder(folder: folder.url) }
            #expect(error?.file == "model.safetensors")
        }
    }

    @Test(arguments: ["config.json", "vocab.txt", "model.safetensors", "1_Pooling/config.json"])
    func `a missing file is named`(_ name: String) throws {
        let error = try error { folder, _ in
            try FileManager.default.removeItem(at: folder.url.appendingPathComponent(name))
        }
        #expect(error.code == .unreadable && error.file == name)
    }

    @Test(arguments: [
        ("modules.json", #"[{"type": "x.Transformer", "path": ""}, {"type": "x.Pooling", "path": "../1_Pooling"}]"#),
        ("modules.json", #"[{"type": "x.Transformer", "path": ""}, {"type": "x.Dense", "path": "2_Dense"}]"#),
        ("modules.json", "[]"),
        ("1_Pooling/config.json", #"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}"#),
        ("1_Pooling/config.json", #"{"pooling_mode_max_tokens": true}"#),
        ("1_Pooling/config.json", #"{"word_embedding_dimension": 64, "pooling_mode_mean_tokens": true}"#),
        ("vocab.txt", "[UNK]\n[CLS]\n"), ("vocab.txt", ""),
    ])
    func `a model of another kind is refused`(_ name: String, _ text: String) throws {
        let error = try error { folder, _ in try folder.write(name, text) }
        #expect(error.file == name, "\(error)")
    }

    @Test func `limits hold`() throws {
        var limits = ModelLimits()
        limits.modelBytes = 1_000
        #expect(try error(limits: limits) { _, _ in }.code == .tooLarge)
        limits = ModelLimits()
        limits.vocabularyBytes = 10
        let error = try error(limits: limits) { _, _ in }
        #expect(error.code == .tooLarge && error.file == "vocab.txt")
    }

    @Test func `a converted model with any damage is refused`() throws {
        let folder = TemporaryFolder()
        try SyntheticModel().write(to: folder)
        let file = folder.url.appendingPathComponent("model.encoder")
        try SentenceEncoder.convert(folder: folder.url, to: file)
        let bytes = Array(try Data(contentsOf: file))
        #expect(throws: Never.self) { try SentenceEncoder(converted: bytes) }
        for position in Array(0..<80) + Array(stride(from: 80, to: bytes.count, by: 2_503)) {
            var damaged = bytes
            damaged[position] ^= 0x10
            #expect(throws: EncoderError.self) { try SentenceEncoder(converted: damaged) }
        }
        for length in Array(0..<70) + Array(stride(from: 70, to: bytes.count, by: 2_501)) {
            #expect(throws: EncoderError.self) { try SentenceEncoder(converted: Array(bytes.prefix(length))) }
        }
        try folder.write("model.encoder", Array(bytes.dropLast()))
        #expect(throws: EncoderError.self) { try SentenceEncoder(converted: file) }
        #expect(throws: EncoderError.self) { try SentenceEncoder(converted: folder.url) }
    }
}
