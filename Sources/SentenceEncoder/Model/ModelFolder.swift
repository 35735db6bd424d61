internal import CEncoderKernels
import Foundation

/// A model in the layout of sentence-transformers: configuration, vocabulary and weights as files of one folder.
struct ModelFolder {
    let description: ModelDescription
    private let tokens: [[UInt8]]
    private let tensors: SafeTensors
    private let limits: ModelLimits
    private let name: String

    init(_ folder: URL, options: SentenceEncoder.Options) throws(EncoderError) {
        limits = options.limits
        name = folder.lastPathComponent
        func json(_ name: String) throws(EncoderError) -> JSON {
            try JSON(FileBytes(name, in: folder, limit: options.limits.headerBytes).readAll(), file: name)
        }
        func json(ifPresent name: String) throws(EncoderError) -> JSON? {
            let path = folder.appendingPathComponent(name).path
            return FileManager.default.fileExists(atPath: path) ? try json(name) : nil
        }
        var description = try Self.configuration(try json("config.json"))
        if let modules = try json(ifPresent: "modules.json") {
            let path = try Self.poolingFolder(modules)
            let file = "\(path)/config.json"
            description.pooling = try Self.pooling(try json(file), width: description.width, file: file)
        }
        if let length = try json(ifPresent: "sentence_bert_config.json")?["max_seq_length"]?.integer {
            description.maximumTokens = length
        }
        let prompts = try json(ifPresent: "config_sentence_transformers.json")?["prompts"]
        description.queryPrefix = options.queryPrefix ?? prompts?["query"]?.string ?? ""
        description.passagePrefix =
            options.passagePrefix ?? prompts?["passage"]?.string ?? prompts?["document"]?.string ?? ""
        description.weights = options.weights == .int8 ? .int8 : .float
        let vocabulary = try VocabularyFiles(folder, limits: options.limits)
        // Models can have embeddings beyond their vocabulary, which stay without a token.
        guard vocabulary.tokens.count <= description.vocabularySize else {
            throw EncoderError(
                .malformed,
                file: vocabulary.file,
                "\(vocabulary.tokens.count) tokens are more than vocab_size in config.json, \(description.vocabularySize)"
            )
        }
        description.specialTokens = vocabulary.specialTokens
        description.roles = vocabulary.roles
        description.normalization = vocabulary.normalization
        description.continuingPrefix = vocabulary.continuingPrefix
        description.maximumWordLength = vocabulary.maximumWordLength
        // Checked before the vocabulary is padded to a size that config.json claims.
        try description.check(limits, file: "config.json")
        tokens = vocabulary.tokens + Array(repeating: [], count: description.vocabularySize - vocabulary.tokens.count)
        tensors = try SafeTensors(FileBytes("model.safetensors", in: folder, limit: limits.modelBytes), limits: limits)
        self.description = description
    }

    private static func configuration(_ json: JSON) throws(EncoderError) -> ModelDescription {
        let file = "config.json"
        func number(_ name: String) throws(EncoderError) -> Int {
            guard let value = json[name]?.integer else {
                throw EncoderError(.malformed, file: file, "\(name) is missing or not an integer")
            }
            return value
        }
        guard json["model_type"]?.string == "bert" else {
            throw EncoderError(.unsupported, file: file, "model_type is not bert")
        }
        guard ["gelu", nil].contains(json["hidden_act"]?.string) else {
            throw EncoderError(.unsupported, file: file, "hidden_act is not gelu")
        }
        guard ["absolute", nil].contains(json["position_embedding_type"]?.string) else {
            throw EncoderError(.unsupported, file: file, "position_embedding_type is not absolute")
        }
        return ModelDescription(
            width: try number("hidden_size"),
            layers: try number("num_hidden_layers"),
            heads: try number("num_attention_heads"),
            intermediate: try number("intermediate_size"),
            vocabularySize: try number("vocab_size"),
            positions: try number("max_position_embeddings"),
            epsilon: json["layer_norm_eps"]?.number.map { Float($0) } ?? 1e-12
        )
    }

    /// Checks that the modules are a transformer, a pooling and perhaps a normalisation.
    private static func poolingFolder(_ json: JSON) throws(EncoderError) -> String {
        let file = "modules.json"
        var pooling: String?
        for (position, module) in (json.array ?? []).enumerated() {
            let kind = module["type"]?.string?.split(separator: ".").last.map(String.init) ?? ""
            let path = module["path"]?.string ?? ""
            switch (position, kind) {
            case (0, "Transformer"):
                guard path.isEmpty else {
                    throw EncoderError(.unsupported, file: file, "the transformer is in a folder of its own")
                }
            case (1, "Pooling"):
                guard !path.isEmpty, !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
                    throw EncoderError(.malformed, file: file, "the path of the pooling is not within the folder")
                }
                pooling = path
            case (2, "Normalize"): break
            default: throw EncoderError(.unsupported, file: file, "module \(position) is \(kind)")
            }
        }
        guard let pooling else { throw EncoderError(.unsupported, file: file, "there is no pooling") }
        return pooling
    }

    private static func pooling(
        _ json: JSON,
        width: Int,
        file: String
    ) throws(EncoderError) -> ModelDescription.Pooling {
        let modes = (json.object ?? []).filter { $0.name.hasPrefix("pooling_mode_") && $0.value.bool == true }
        let dimension = json["word_embedding_dimension"]
        guard dimension == nil || dimension?.integer == width else {
            throw EncoderError(.malformed, file: file, "word_embedding_dimension is not hidden_size")
        }
        guard json["include_prompt"]?.bool != false else {
            throw EncoderError(.unsupported, file: file, "include_prompt is false")
        }
        return switch modes.map(\.name) {
        case ["pooling_mode_mean_tokens"]: .mean
        case ["pooling_mode_cls_token"]: .first
        default: throw EncoderError(.unsupported, file: file, "the pooling is not one of mean and CLS alone")
        }
    }

    /// Reads the weights, quantises them if they are to be int8, and lays them out.
    ///
    /// Memory: the converted model and one tensor of floats.
    func convert() throws(EncoderError) -> ModelImage {
        try ModelImage.build(description, tokens: tokens, name: name, limits: limits) {
            (base, layout) throws(EncoderError) in
            let converter = Converter(base: base, tensors: tensors, description: description)
            try converter.convert(layout)
        }
    }
}

/// Writes the tensors of a model to their places.
private struct Converter {
    let base: UnsafeMutableRawPointer
    let tensors: SafeTensors
    let description: ModelDescription

    func convert(_ layout: ImageLayout) throws(EncoderError) {
        let width = description.width
        let isInt8 = description.weights == .int8
        let words = try tensors.read("embeddings.word_embeddings.weight", shape: [description.vocabularySize, width])
        if isInt8 {
            frontline_narrow_half(words, words.count, pointer(layout.words))
        } else {
            copy(words, to: layout.words)
        }
        let shape = [description.positions, width]
        var positions = try tensors.read("embeddings.position_embeddings.weight", shape: shape)
        // Every text is of type 0; the table has one row or two.
        let types = try typeEmbedding()
        for i in positions.indices { positions[i] += types[i % width] }
        copy(positions, to: layout.positions)
        try norm("embeddings.LayerNorm", layout.embeddingNorm)
        for (number, layer) in layout.layers.enumerated() {
            let at = "encoder.layer.\(number)."
            try product(["query", "key", "value"].map { "\(at)attention.self.\($0)" }, layer.attention)
            try product(["\(at)attention.output.dense"], layer.attentionOutput)
            try norm("\(at)attention.output.LayerNorm", layer.attentionNorm)
            try product(["\(at)intermediate.dense"], layer.intermediate)
            try product(["\(at)output.dense"], layer.output)
            try norm("\(at)output.LayerNorm", layer.outputNorm)
        }
    }

    private func typeEmbedding() throws(EncoderError) -> [Float] {
        let name = "embeddings.token_type_embeddings.weight"
        guard tensors.contains(name) else { return Array(repeating: 0, count: description.width) }
        let rows = tensors.rows(name)
        return Array(try tensors.read(name, shape: [rows, description.width]).prefix(description.width))
    }

    private func pointer<Element>(_ offset: Int) -> UnsafeMutablePointer<Element> {
        (base + offset).assumingMemoryBound(to: Element.self)
    }

    private func copy(_ floats: [Float], to offset: Int) {
        floats.withUnsafeBytes { bytes in
            if let from = bytes.baseAddress { (base + offset).copyMemory(from: from, byteCount: bytes.count) }
        }
    }

    private func norm(_ name: String, _ place: ImageLayout.Norm) throws(EncoderError) {
        copy(try tensors.read(name + ".weight", shape: [description.width]), to: place.gain)
        copy(try tensors.read(name + ".bias", shape: [description.width]), to: place.bias)
    }

    /// Packs the matrices `names`, whose outputs follow each other.
    private func product(_ names: [String], _ place: ImageLayout.Product) throws(EncoderError) {
        let outputs = place.outputs / names.count
        for (number, name) in names.enumerated() {
            let weights = try tensors.read(name + ".weight", shape: [outputs, place.inputs])
            let first = number * outputs
            if description.weights == .int8 {
                frontline_pack_int8(
                    weights,
                    outputs,
                    place.inputs,
                    pointer(place.panels + first * place.inputs),
                    pointer(place.scales + first * 4),
                    pointer(place.sums + first * 4)
                )
            } else {
                frontline_pack_float(weights, outputs, place.inputs, pointer(place.panels + first * place.inputs * 4))
            }
            copy(try tensors.read(name + ".bias", shape: [outputs]), to: place.bias + first * 4)
        }
    }
}
