package import Foundation

/// A folder that is removed when nobody uses it.
package final class TemporaryFolder: Sendable {
    package let url = FileManager.default.temporaryDirectory.appendingPathComponent("encoder-\(UUID().uuidString)")

    package init() {}

    deinit { try? FileManager.default.removeItem(at: url) }

    package func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    package func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }
}

/// A small model with random weights, and what it computes, written as plainly as possible.
package struct SyntheticModel {
    package var width = 32
    package var heads = 4
    package var intermediate = 64
    package var layers = 2
    package var positions = 40
    package var usesMean = true
    package var type = "F32"
    package var prefix = ""
    package let vocabulary =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
        + (0..<26).flatMap { i in
            let letter = String(UnicodeScalar(UInt8(97 + i)))
            return [letter, "##" + letter]
        }
    package private(set) var tensors: [String: (shape: [Int], values: [Float])] = [:]

    package init(width: Int = 32, heads: Int = 4, usesMean: Bool = true, seed: UInt64 = 1) {
        self.width = width
        self.heads = heads
        self.usesMean = usesMean
        intermediate = 2 * width
        var random = SplitMix(state: seed)
        func add(_ name: String, _ shape: [Int], _ scale: Float, around center: Float = 0) {
            // Halves and bfloat16 hold these exactly.
            let values = (0..<shape.reduce(1, *)).map { _ in
                center + scale * Float(Int(random.next() >> 58) - 32) / 32
            }
            tensors[name] = (shape, values)
        }
        func linear(_ name: String, _ inputs: Int, _ outputs: Int) {
            add(name + ".weight", [outputs, inputs], 0.5)
            add(name + ".bias", [outputs], 0.25)
        }
        func norm(_ name: String) {
            add(name + ".weight", [width], 0.5, around: 1)
            add(name + ".bias", [width], 0.5)
        }
        add("embeddings.word_embeddings.weight", [vocabulary.count, width], 1)
        add("embeddings.position_embeddings.weight", [positions, width], 0.5)
        add("embeddings.token_type_embeddings.weight", [2, width], 0.5)
        norm("embeddings.LayerNorm")
        for layer in 0..<layers {
            let at = "encoder.layer.\(layer)."
            for part in ["query", "key", "value"] { linear("\(at)attention.self.\(part)", width, width) }
            linear("\(at)attention.output.dense", width, width)
            norm("\(at)attention.output.LayerNorm")
            linear("\(at)intermediate.dense", width, intermediate)
            linear("\(at)output.dense", intermediate, width)
            norm("\(at)output.LayerNorm")
        }
    }

    package var configuration: String {
        """
        {"model_type": "bert", "hidden_size": \(width), "num_hidden_layers": \(layers), "num_attention_heads": \(heads),
         "intermediate_size": \(intermediate), "vocab_size": \(vocabulary.count), "hidden_act": "gelu",
         "max_position_embeddings": \(positions), "layer_norm_eps": 1e-12}
        """
    }

    /// The weights as a safetensors file.
    package func safeTensors(header change: (String) -> String = { $0 }) -> [UInt8] {
        var entries: [String] = []
        var data: [UInt8] = []
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let start = data.count
            for value in tensor.values {
                switch type {
                case "F16": data += withUnsafeBytes(of: half(value).littleEndian, Array.init)
                case "BF16": data += withUnsafeBytes(of: UInt16(value.bitPattern >> 16).littleEndian, Array.init)
                default: data += withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
                }
            }
            let place = "\"shape\":\(tensor.shape),\"data_offsets\":[\(start),\(data.count)]"
            entries.append("\"\(prefix)\(name)\":{\"dtype\":\"\(type)\",\(place)}")
        }
        let header = Array(change("{\"__metadata__\":{\"format\":\"pt\"},\(entries.joined(separator: ","))}").utf8)
        return withUnsafeBytes(of: UInt64(header.count).littleEndian, Array.init) + header + data
    }

    /// The nearest half of a number that one holds exactly.
    private func half(_ value: Float) -> UInt16 {
        guard value != 0 else { return 0 }
        return UInt16(value.sign == .minus ? 0x8000 : 0) | UInt16(value.exponent + 15) << 10
            | UInt16((value.bitPattern & 0x7FFFFF) >> 13)
    }

    /// The model's files by their paths.
    package var files: [(path: String, bytes: [UInt8])] {
        let pooling = """
            {"pooling_mode_cls_token": \(!usesMean), "pooling_mode_mean_tokens": \(usesMean),
             "pooling_mode_max_tokens": false}
            """
        let modules = ["Transformer": "", "Pooling": "1_Pooling", "Normalize": "2_Normalize"].sorted {
            $0.value < $1.value
        }
        let list = modules.map { "{\"type\": \"sentence_transformers.models.\($0)\", \"path\": \"\($1)\"}" }
        let texts = [
            ("config.json", configuration), ("modules.json", "[\(list.joined(separator: ", "))]"),
            ("1_Pooling/config.json", pooling), ("sentence_bert_config.json", "{\"max_seq_length\": 32}"),
            ("vocab.txt", vocabulary.joined(separator: "\n") + "\n"),
        ]
        return texts.map { ($0, Array($1.utf8)) } + [("model.safetensors", safeTensors())]
    }

    /// Writes the model's files to a folder, or to a folder in it.
    package func write(to folder: TemporaryFolder, at path: String? = nil) throws {
        for (name, bytes) in files { try folder.write(path.map { "\($0)/\(name)" } ?? name, bytes) }
    }

    /// The vector of a sequence of ids, in doubles.
    package func encode(_ ids: [Int32]) -> [Double] {
        func row(_ name: String, _ index: Int) -> [Double] {
            (tensors[name]?.values ?? []).dropFirst(index * width).prefix(width).map { Double($0) }
        }
        func linear(_ x: [Double], _ name: String) -> [Double] {
            let weights = tensors[name + ".weight"]?.values ?? []
            return (tensors[name + ".bias"]?.values ?? []).enumerated().map { output, bias in
                x.indices.reduce(Double(bias)) { $0 + x[$1] * Double(weights[output * x.count + $1]) }
            }
        }
        func norm(_ x: [Double], _ name: String) -> [Double] {
            let mean = x.reduce(0, +) / Double(x.count)
            let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
            let gain = row(name + ".weight", 0)
            let bias = row(name + ".bias", 0)
            return x.indices.map { (x[$0] - mean) / (variance + 1e-12).squareRoot() * gain[$0] + bias[$0] }
        }
        var x = ids.enumerated().map { position, id in
            let words = row("embeddings.word_embeddings.weight", Int(id))
            let places = row("embeddings.position_embeddings.weight", position)
            let types = row("embeddings.token_type_embeddings.weight", 0)
            return norm(words.indices.map { words[$0] + places[$0] + types[$0] }, "embeddings.LayerNorm")
        }
        for layer in 0..<layers {
            let at = "encoder.layer.\(layer)."
            let parts = ["query", "key", "value"].map { part in x.map { linear($0, "\(at)attention.self.\(part)") } }
            let size = width / heads
            let context = x.indices.map { i in
                (0..<heads).flatMap { head in
                    let range = head * size..<(head + 1) * size
                    let scores = x.indices.map { j in
                        exp(range.reduce(0) { $0 + parts[0][i][$1] * parts[1][j][$1] } / Double(size).squareRoot())
                    }
                    let sum = scores.reduce(0, +)
                    return range.map { d in x.indices.reduce(0) { $0 + scores[$1] / sum * parts[2][$1][d] } }
                }
            }
            x = x.indices.map { i in
                let mixed = linear(context[i], "\(at)attention.output.dense")
                return norm(x[i].indices.map { x[i][$0] + mixed[$0] }, "\(at)attention.output.LayerNorm")
            }
            x = x.map { x in
                let inner = linear(x, "\(at)intermediate.dense").map { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) }
                let outer = linear(inner, "\(at)output.dense")
                return norm(x.indices.map { x[$0] + outer[$0] }, "\(at)output.LayerNorm")
            }
        }
        let pooled = usesMean ? x[0].indices.map { i in x.reduce(0) { $0 + $1[i] } } : x[0]
        let length = pooled.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return pooled.map { $0 / length }
    }
}

/// A generator of the same numbers everywhere (Steele, Lea and Flood, 2014).
package struct SplitMix: RandomNumberGenerator {
    package var state: UInt64

    package init(state: UInt64) { self.state = state }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
