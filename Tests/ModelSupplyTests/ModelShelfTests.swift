import Foundation
import ModelSupply
import SampleModels
import SentenceEncoder
import Testing

/// Which model is meant, and in which order models are looked for.
@Suite struct ModelShelfTests {
    private let folder = TemporaryFolder()

    private func place(_ name: String) -> URL { folder.url.appendingPathComponent(name) }

    /// A converted model, the same for the same number.
    private func convert(_ path: String, seed: UInt64 = 1) throws {
        let source = TemporaryFolder()
        try SyntheticModel(seed: seed).write(to: source)
        try SentenceEncoder.convert(folder: source.url, to: place(path))
    }

    @Test(arguments: [
        ("auto", EncoderChoice.automatic), ("off", .off), ("bge-small", .name("bge-small")), ("Auto", .name("Auto")),
        ("./bge-small", .path("./bge-small")), ("/models/a", .path("/models/a")), ("../a", .path("../a")),
        ("a/../../b", .path("a/../../b")), ("..", .path("..")), (".", .path(".")), ("", .name("")),
    ])
    func `a text with a slash is a path`(text: String, choice: EncoderChoice) {
        #expect(EncoderChoice(text) == choice)
    }

    @Test func `folders come in their order, then names, and a converted model before its folder`() throws {
        try convert("second/a.encoder")
        try convert("first/b.encoder")
        try SyntheticModel().write(to: folder, at: "first/b")
        try SyntheticModel().write(to: folder, at: "first/a")
        try SyntheticModel().write(to: folder, at: "first/.adding-1/c")
        try folder.write("first/notes.txt", "no model")
        try folder.write("first/other/config.json", "{}")
        try convert("first/.hidden.encoder")
        let shelf = ModelShelf(folders: ["first", "absent", "second"].map(place))
        let found = shelf.models().map { "\($0.url.deletingLastPathComponent().lastPathComponent)/\($0.name)" }
        #expect(found == ["first/a", "first/b", "first/b", "second/a"])
        #expect(shelf.models().map(\.isConverted) == [false, true, false, true])
        #expect(try shelf.open(.automatic)?.location.path == place("first/a").path)
        #expect(try shelf.open(.name("b"))?.location.path == place("first/b.encoder").path)
    }

    @Test func `the product looks in the environment, the data folder and the build folder`() {
        let named = ModelShelf.folders(in: ["FRONTLINE_MODELS": "/x/one:/two::"])
        #expect(named == ["/x/one", "/two"] && ModelShelf.folders(in: [:]).isEmpty)
        let shelf = ModelShelf(named: named, dataFolder: "/data")
        #expect(shelf.folders.prefix(3).map(\.path) == ["/x/one", "/two", "/data/models"])
        #expect(shelf.folders.count == 4 && shelf.folders[3].path.hasSuffix("/.build/models"))
    }

    @Test func `without a model auto is none, and so is off with one`() throws {
        let shelf = ModelShelf(folders: [place("a"), place("b")])
        #expect(try shelf.open(.automatic) == nil)
        try convert("a/x.encoder")
        #expect(try shelf.open(.automatic)?.name == "x")
        #expect(try shelf.open(.off) == nil)
    }

    @Test func `auto passes over broken models and tells which`() throws {
        try convert("a/a.encoder")
        try folder.write("a/b/model.safetensors", "")
        try folder.write("a/b/config.json", "{}")
        try convert("b/c.encoder", seed: 2)
        var bytes = try [UInt8](Data(contentsOf: place("a/a.encoder")))
        bytes[bytes.count / 2] ^= 1
        try folder.write("a/a.encoder", bytes)
        let shelf = ModelShelf(folders: [place("a"), place("b")])
        var skipped: [String] = []
        let encoder = try shelf.open(.automatic) { skipped.append("\($0.model.name): \($0.error)") }
        #expect(encoder?.name == "c")
        #expect(skipped.count == 2)
        #expect(skipped.first?.contains("checksum") == true && skipped.first?.contains("a/a.encoder") == true)
        #expect(skipped.last?.hasPrefix("b: ") == true && skipped.last?.contains("config.json") == true)
    }

    @Test func `a broken model that was named is an error with the tensor`() throws {
        let model = SyntheticModel()
        try model.write(to: folder, at: "a/broken")
        try folder.write("a/broken/model.safetensors", model.safeTensors { $0.replacing("[56, 32]", with: "[32, 56]") })
        let shelf = ModelShelf(folders: [place("a")])
        let paths: [EncoderChoice] = [.name("broken"), .path(place("a/broken").path)]
        for choice in paths {
            let error = #expect(throws: ModelError.self) { try shelf.open(choice) }
            #expect(error?.code == .broken && error?.message.contains("word_embeddings") == true, "\(choice)")
            #expect(error?.message.contains(place("a/broken").path) == true)
        }
    }

    @Test func `what is not there is an error that says where it was looked for`() throws {
        let shelf = ModelShelf(folders: [place("a"), place("b")])
        let byName = #expect(throws: ModelError.self) { try shelf.open(.name("bge")) }
        #expect(byName?.code == .missing && byName?.message.contains(place("b").path) == true)
        let byPath = #expect(throws: ModelError.self) { try shelf.open(.path("/nonexistent/bge")) }
        #expect(byPath?.code == .missing && byPath?.message.contains("/nonexistent/bge") == true)
        // A name is compared and never put into a path.
        try convert("outside.encoder")
        #expect(throws: ModelError.self) { try shelf.model(named: "../outside") }
    }

    @Test func `a path may be a folder or a converted model of any extension`() throws {
        try SyntheticModel().write(to: folder, at: "plain")
        try convert("plain.bin")
        let shelf = ModelShelf(folders: [])
        let read = try #require(try shelf.open(.path(place("plain").path)))
        let mapped = try #require(try shelf.open(.path(place("plain.bin").path)))
        #expect(read.name == "plain" && mapped.name == "plain.bin" && read.dimensions == 32)
        #expect(read.model.identity == mapped.model.identity)
    }
}
