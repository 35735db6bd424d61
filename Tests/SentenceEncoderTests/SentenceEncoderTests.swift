import Foundation
import SampleModels
import SentenceEncoder
import Testing

@Suite struct SentenceEncoderTests {
    private static let sets = KernelSet.allCases.filter(\.isAvailable)
    private static let texts = [
        "", "a", "hello world", "the quick brown fox", "x y z", "é ß 京", "jumps over the lazy dog and runs away again",
    ]

    private func encoder(
        _ model: SyntheticModel = SyntheticModel(),
        _ change: (inout SentenceEncoder.Options) -> Void = { _ in }
    ) throws -> SentenceEncoder {
        let folder = TemporaryFolder()
        try model.write(to: folder)
        var options = SentenceEncoder.Options()
        change(&options)
        return try SentenceEncoder(folder: folder.url, options: options)
    }

    private func cosine(_ ours: Embedding, _ theirs: [Double]) -> Double {
        ours.vector.indices.reduce(0) { $0 + Double(ours.vector[$1]) * theirs[$1] }
    }

    @Test(arguments: sets, [1, 2, 4])
    func `floats agree with the plain computation`(_ set: KernelSet, _ heads: Int) throws {
        for usesMean in [true, false] {
            let model = SyntheticModel(heads: heads, usesMean: usesMean)
            let encoder = try encoder(model) { ($0.weights, $0.kernels) = (.float, set) }
            for text in Self.texts {
                let ids = encoder.tokenizer.encode(text, limit: encoder.maximumTokens)
                let difference = zip(encoder.encode(text, as: .query).vector, model.encode(ids))
                    .reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
                #expect(difference < 5e-6, "\(text)")
            }
        }
    }

    @Test(arguments: sets) func `8 bits keep the direction`(_ set: KernelSet) throws {
        let model = SyntheticModel(width: 64)
        let encoder = try encoder(model) { $0.kernels = set }
        #expect(encoder.kernelSet == set && encoder.dimension == 64)
        for text in Self.texts {
            let ids = encoder.tokenizer.encode(text, limit: encoder.maximumTokens)
            #expect(cosine(encoder.encode(text, as: .query), model.encode(ids)) > 0.995, "\(text)")
        }
    }

    @Test(arguments: sets) func `all kernels give one answer up to rounding`(_ set: KernelSet) throws {
        let ours = try encoder { $0.kernels = set }
        let portable = try encoder { $0.kernels = .portable }
        for text in Self.texts {
            let difference = zip(ours.encode(text, as: .query).vector, portable.encode(text, as: .query).vector)
                .reduce(0) { max($0, abs($1.0 - $1.1)) }
            // A float that is rounded otherwise can move one activation by a step.
            #expect(difference < 0.01, "\(text)")
        }
    }

    @Test(arguments: [SentenceEncoder.Options.Weights.int8, .float])
    func `a text has the same vector alone and in a batch`(_ weights: SentenceEncoder.Options.Weights) throws {
        let encoder = try encoder { $0.weights = weights }
        // More tokens than one pass takes.
        let texts = (0..<60).map { Self.texts[$0 % Self.texts.count] + String(repeating: " b", count: $0 % 11) }
        let single = texts.map { encoder.encode($0, as: .passage) }
        for threads in [1, 2, 5] { #expect(encoder.encode(batch: texts, as: .passage, threads: threads) == single) }
        #expect(encoder.encode(batch: [], as: .passage, threads: 2).isEmpty)
    }

    @Test(arguments: ["F16", "BF16"]) func `shorter floats are read`(_ type: String) throws {
        var model = SyntheticModel()
        let expected = try encoder(model) { $0.weights = .float }.encode("hello", as: .query)
        model.type = type
        model.prefix = "bert."
        #expect(try encoder(model) { $0.weights = .float }.encode("hello", as: .query) == expected)
    }

    @Test func `prefixes are from the folder or from the options`() throws {
        let folder = TemporaryFolder()
        try SyntheticModel().write(to: folder)
        try folder.write("config_sentence_transformers.json", #"{"prompts": {"query": "q: ", "document": "p: "}}"#)
        let plain = try encoder()
        let encoder = try SentenceEncoder(folder: folder.url)
        #expect(encoder.encode("a b", as: .query) == plain.encode("q: a b", as: .query))
        #expect(encoder.encode("a b", as: .passage) == plain.encode("p: a b", as: .query))
        #expect(encoder.tokenCount("a", as: .query) == 5)
        var options = SentenceEncoder.Options()
        options.queryPrefix = ""
        let other = try SentenceEncoder(folder: folder.url, options: options)
        #expect(other.encode("a b", as: .query) == plain.encode("a b", as: .query))
    }

    @Test func `a long text is cut at the model's length`() throws {
        let encoder = try encoder()
        let long = String(repeating: "a ", count: 10_000)
        #expect(encoder.maximumTokens == 32)
        #expect(encoder.tokenCount(long, as: .query) == 10_002)
        #expect(encoder.encode(long, as: .query) == encoder.encode(String(repeating: "a ", count: 30), as: .query))
    }

    @Test func `a converted model is the same model`() throws {
        let folder = TemporaryFolder()
        try SyntheticModel().write(to: folder)
        let read = try SentenceEncoder(folder: folder.url)
        let file = folder.url.appendingPathComponent("converted/synthetic.encoder")
        try SentenceEncoder.convert(folder: folder.url, to: file)
        let mapped = try SentenceEncoder(converted: file)
        #expect(mapped.identity == read.identity && mapped.identity.count == 64)
        for text in Self.texts { #expect(mapped.encode(text, as: .query) == read.encode(text, as: .query)) }
        #expect(try encoder(SyntheticModel(seed: 2)).identity != read.identity)
        #expect(try encoder { $0.weights = .float }.identity != read.identity)
    }

    @Test func `the vector in bytes has the same direction`() throws {
        let encoder = try encoder(SyntheticModel(width: 64))
        let embedding = encoder.encode("hello world", as: .query)
        let quantized = embedding.quantized
        #expect(quantized.values.map { abs(Int($0)) }.max() == 127)
        #expect(zip(embedding.vector, quantized.vector).allSatisfy { abs($0 - $1) <= quantized.scale * 0.51 })
        #expect(abs(embedding.cosine(embedding) - 1) < 1e-5)
        #expect(Embedding([0, 0]).quantized.vector == [0, 0])
    }

    /// The stored coordinates are those of numpy with the weights as trained (`Integration/encoder/compare.py`).
    @Test(.enabled(if: RealModel.folder != nil, "FRONTLINE_MODELS names no folder with all-MiniLM-L6-v2"))
    func `all-MiniLM-L6-v2 agrees with the reference`() throws {
        let folder = try #require(RealModel.folder)
        let encoder = try SentenceEncoder(folder: folder)
        #expect(encoder.dimension == 384 && encoder.maximumTokens == 256)
        #expect(encoder.tokenizer.encode(RealModel.text) == RealModel.ids)
        let vector = encoder.encode(RealModel.text, as: .query).vector
        for (ours, expected) in zip(vector, RealModel.coordinates) { #expect(abs(ours - expected) < 0.01) }
        let question = encoder.encode("where is my order", as: .query)
        let near = encoder.encode("it was meant to be here two days ago", as: .passage)
        let far = encoder.encode("How to change the battery of a smoke detector", as: .passage)
        #expect(question.cosine(near) > question.cosine(far) + 0.1)
    }
}
