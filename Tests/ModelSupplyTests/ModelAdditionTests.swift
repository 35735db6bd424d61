import Foundation
import ModelSupply
import SampleModels
import SentenceEncoder
import Testing

/// Models that are added, and the sentences they are checked with.
@Suite struct ModelAdditionTests {
    private let folder = TemporaryFolder()
    private var models: URL { folder.url.appendingPathComponent("models") }

    private func addition(_ path: String, seed: UInt64 = 1) throws -> ModelAddition {
        try SyntheticModel(seed: seed).write(to: folder, at: path)
        return ModelAddition(source: folder.url.appendingPathComponent(path).path)
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: models.path).sorted() }
    }

    @Test func `a folder is converted once`() throws {
        let addition = try addition("in/small")
        let result = try addition.run(into: models)
        #expect(result.outcome == .added && result.encoder.name == "small")
        #expect(try names == ["small.encoder", "small.sentences.json"])
        let source = try SentenceEncoder(folder: folder.url.appendingPathComponent("in/small"))
        let opened = try #require(try ModelShelf(folders: [models]).open(.automatic))
        #expect(opened.model.identity == source.identity && opened.model.weights == .int8)
        #expect(try addition.run(into: models).outcome == .unchanged)
    }

    @Test func `a converted model is copied, and its name may be another`() throws {
        var first = try addition("in/small")
        first.weights = .float
        let source = try first.run(into: folder.url.appendingPathComponent("elsewhere"))
        #expect(source.encoder.model.weights == .float)
        var second = ModelAddition(source: source.model.url.path)
        second.name = "renamed"
        let result = try second.run(into: models)
        #expect(try names == ["renamed.encoder", "renamed.sentences.json"])
        #expect(result.encoder.model.identity == source.encoder.model.identity)
        second.weights = .int8
        #expect(throws: ModelError.self) { try second.run(into: models) }
    }

    @Test func `another model of the name is replaced only when that is asked for`() throws {
        let before = try addition("in/small").run(into: models).encoder
        var other = try addition("other/small", seed: 2)
        let error = #expect(throws: ModelError.self) { try other.run(into: models) }
        #expect(error?.code == .name)
        #expect(try ModelShelf(folders: [models]).open(.name("small"))?.model.identity == before.model.identity)
        other.isReplacing = true
        let after = try other.run(into: models)
        #expect(after.outcome == .replaced && after.encoder.model.identity != before.model.identity)
        #expect(try KnownVectors(of: after.model).agreement(with: after.encoder) >= KnownVectors.leastCosine)
        // Who has the earlier file mapped keeps it.
        let vector = before.model.encode("a", as: .query).vector
        #expect(vector.contains { $0 != 0 })
    }

    @Test(arguments: ["../escaped", "a/b", "auto", "off", "..", ".hidden", "", "a b", "a\u{0}b", "-x"])
    func `a name that is a path, a word of the option or hidden is refused`(name: String) throws {
        var addition = try addition("in/small")
        addition.name = name
        let error = #expect(throws: ModelError.self) { try addition.run(into: models) }
        #expect(error?.code == .name && !FileManager.default.fileExists(atPath: models.path))
    }

    @Test func `a broken model leaves nothing behind`() throws {
        let addition = try addition("in/small")
        try folder.write("in/small/model.safetensors", [1, 2, 3])
        let error = #expect(throws: ModelError.self) { try addition.run(into: models) }
        #expect(error?.code == .broken && error?.message.contains("model.safetensors") == true)
        #expect(try names == [])
        let absent = #expect(throws: ModelError.self) {
            try ModelAddition(source: folder.url.appendingPathComponent("absent").path).run(into: models)
        }
        #expect(absent?.code == .missing)
    }

    @Test(arguments: KernelSet.allCases.filter(\.isAvailable))
    func `every set of kernels agrees with the stored vectors`(set: KernelSet) throws {
        let model = try addition("in/small").run(into: models).model
        var options = SentenceEncoder.Options()
        options.kernels = set
        let cosine = try KnownVectors(of: model).agreement(with: model.open(options))
        #expect(cosine >= KnownVectors.leastCosine && cosine < 1.001)
    }

    @Test func `a vector that is another one is noticed`() throws {
        let model = try addition("in/small").run(into: models).model
        let file = "models/small.sentences.json"
        let text = try String(contentsOf: folder.url.appendingPathComponent(file), encoding: .utf8)
        // The vector of a sentence stands under the text of another one.
        let (first, second) = (KnownVectors.sentences[0], KnownVectors.sentences[1])
        try folder.write(
            file,
            text.replacing(first, with: "#").replacing(second, with: first).replacing("#", with: second)
        )
        #expect(try KnownVectors(of: model).agreement(with: model.open()) < KnownVectors.leastCosine)
    }

    @Test(arguments: [
        "", "[]", "{\"model\": 1}", "{\"model\": \"x\", \"sentences\": [{\"text\": \"\", \"vector\": [1e999]}]}",
    ])
    func `stored vectors that cannot be read are an error`(text: String) throws {
        let model = try addition("in/small").run(into: models).model
        try folder.write("models/small.sentences.json", text)
        let error = #expect(throws: ModelError.self) { try KnownVectors(of: model) }
        #expect(error?.code == .vectors && error?.message.contains("small.sentences.json") == true)
    }

    @Test func `vectors of another model, and none at all, are told apart from a wrong result`() throws {
        let small = try addition("in/small").run(into: models).model
        let other = try addition("in/other", seed: 2).run(into: models)
        let foreign = #expect(throws: ModelError.self) { try KnownVectors(of: small).agreement(with: other.encoder) }
        #expect(foreign?.code == .vectors)
        try FileManager.default.removeItem(at: models.appendingPathComponent("small.sentences.json"))
        let none = #expect(throws: ModelError.self) { try KnownVectors(of: small) }
        #expect(none?.code == .vectors && none?.message.contains("frontline model add") == true)
    }
}
