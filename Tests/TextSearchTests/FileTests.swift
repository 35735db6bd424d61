import Foundation
import Testing
import TextSearch

@Suite struct FileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "search-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    private func index() -> SearchIndex {
        let index = SearchIndex()
        func document(_ number: Int, _ locale: String, _ text: String) -> SearchChange {
            .upsert(
                SearchDocument(
                    key: "k\(number)",
                    locale: locale,
                    title: "Title \(number)",
                    body: text,
                    labels: ["l\(number % 3)"],
                    validUntil: number == 3 ? 5 : nil
                )
            )
        }
        index.apply((0..<60).map { document($0, "en", "refund number \($0)") }, sequence: 1)
        index.apply(
            (60..<80).map { document($0, "de", "Erstattung Nummer \($0)") } + [.remove(key: "k5")],
            sequence: 42
        )
        return index
    }

    private func answers(_ index: SearchIndex) -> [SearchResults] {
        ["refund", "erstattung 65", "number 7 refund", "nummer"].flatMap { text in
            [nil, "en", "de"].map {
                index.search(SearchQuery(text, locale: $0, limit: 30, filter: SearchFilter([.noneOf(["l1"])], asOf: 9)))
            }
        }
    }

    @Test func aLoadedIndexEqualsTheSavedOneAndAcceptsChanges() throws {
        let path = folder.appending(path: "index").path()
        let saved = index()
        try saved.save(to: path)
        let loaded = try SearchIndex.load(from: path)
        #expect(loaded.sequence == 42)
        #expect(loaded.statistics == saved.statistics)
        #expect(answers(loaded) == answers(saved))
        for index in [saved, loaded] {
            index.apply(
                [.remove(key: "k7"), .upsert(SearchDocument(key: "k8", locale: "en", body: "refund anew"))],
                sequence: 43
            )
            while index.maintain() {}
        }
        #expect(answers(loaded) == answers(saved))
        try loaded.save(to: path)
        #expect(try SearchIndex.load(from: path).sequence == 43)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()) == ["index"])
    }

    @Test func allDamageIsDetected() throws {
        let path = folder.appending(path: "index").path()
        try index().save(to: path)
        let whole = try Data(contentsOf: URL(filePath: path))
        var random = SeededGenerator(seed: 1)
        for round in 0..<120 {
            var damaged = whole
            if round % 2 == 0 {
                damaged = whole.prefix(Int.random(in: 0..<whole.count, using: &random))
            } else {
                let place =
                    round < 60
                    ? Int.random(in: 0..<400, using: &random) : Int.random(in: 0..<whole.count, using: &random)
                damaged[place] ^= UInt8.random(in: 1...255, using: &random)
            }
            try damaged.write(to: URL(filePath: path))
            let error = #expect(throws: SearchError.self) { _ = try SearchIndex.load(from: path) }
            #expect(error?.code == .damaged || error?.code == .otherVersion)
        }
        try (whole + Data([0])).write(to: URL(filePath: path))
        #expect(throws: SearchError.self) { _ = try SearchIndex.load(from: path) }
    }

    @Test func anotherTuningRequiresANewIndex() throws {
        let path = folder.appending(path: "index").path()
        try index().save(to: path)
        var tuning = SearchTuning.standard
        tuning.saturation = 2
        let error = #expect(throws: SearchError.self) { _ = try SearchIndex.load(from: path, tuning: tuning) }
        #expect(error?.code == .otherVersion)
    }

    @Test func missingFilesAndUnwritablePathsAreErrors() throws {
        let missing = folder.appending(path: "none").path()
        #expect(#expect(throws: SearchError.self) { _ = try SearchIndex.load(from: missing) }?.code == .missing)
        #expect(#expect(throws: SearchError.self) { _ = try SearchIndex.load(from: folder.path()) }?.code == .damaged)
        let nowhere = folder.appending(path: "no/such/folder/index").path()
        #expect(#expect(throws: SearchError.self) { try index().save(to: nowhere) }?.code == .inputOutput)
    }
}
