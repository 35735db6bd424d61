import Foundation
import Knowledge
import Testing
import TextSearch
import Vocabulary

/// The saved index of meaning.
@Suite struct MeaningFileTests {
    private static func saved() async throws -> MeaningDesk {
        let desk = try MeaningDesk()
        try desk.reopen(saved: true)
        let articles = (0..<40).map { article("a\($0)", "Parcel \($0)", "Text \($0).", keywords: ["k\($0 % 3)"]) }
        try await desk.publish(articles.joined())
        try await desk.publish(article("a3", "Refund 3"))
        try desk.index.save()
        desk.small.forget()
        return desk
    }

    private static func answers(_ desk: MeaningDesk) throws -> [[String]] {
        try ["package 7", "cash", "tardy", "k2"].map { query in
            try desk.found(query, .meaning, limit: 20).map { "\($0.id) \($0.similarity ?? 0) \($0.passage ?? "")" }
        }
    }

    @Test func `what was saved is complete at once, and answers as before`() async throws {
        let desk = try await Self.saved()
        let answers = try Self.answers(desk)
        try desk.reopen(saved: true)
        #expect(desk.index.meaning?.progress.isComplete == true)
        #expect(try Self.answers(desk) == answers)
        // Numbers of passages are given again without a mix-up.
        try await desk.publish(article("b", "Box of cash") + article("a7", "Other"))
        #expect(try desk.found("package of money", .meaning).first?.id == "b")
    }

    @Test func `what changed since is made up for, also what vanished`() async throws {
        let desk = try await Self.saved()
        try await desk.put(
            article("a4", "Cash 4") + article("c", "Box") + article("a5", "Parcel 5", "Text.", "status=\"retired\"")
        )
        try desk.reopen(saved: true)
        let before = Set(try desk.found("parcel", .meaning, limit: 100).map(\.id))
        #expect(before.isDisjoint(with: ["a4", "a5", "c"]) && before.contains("a6"))
        try await desk.embed()
        #expect(try desk.found("money 4", .meaning).first?.id == "a4")
        #expect(!(try desk.found("parcel", .meaning, limit: 100).map(\.id)).contains("a5"))
    }

    @Test(arguments: ["passages", "vectors"], ["damaged", "cut", "empty", "missing", "older than the other"])
    func `a file that cannot be used is made anew without encoding`(file: String, fault: String) async throws {
        let desk = try await Self.saved()
        let url = URL(fileURLWithPath: desk.path + "." + file)
        var bytes = Array(try Data(contentsOf: url))
        if fault == "older than the other" {
            try await desk.publish(article("z", "Cash"))
            try desk.index.save()
            desk.small.forget()
        }
        let answers = try Self.answers(desk)
        switch fault {
        case "damaged": bytes[bytes.count / 2] ^= 1
        case "cut": bytes.removeLast(bytes.count / 3)
        case "empty": bytes = []
        case "older than the other": break
        default: try FileManager.default.removeItem(at: url)
        }
        if fault != "missing" { try Data(bytes).write(to: url) }
        try desk.reopen(saved: true)
        try await desk.embed()
        #expect(desk.small.encoded.isEmpty)
        #expect(try Self.answers(desk) == answers)
        try desk.index.save()
        try desk.reopen(saved: true)
        #expect(desk.index.meaning?.progress.isComplete == true)
    }

    @Test func `a saved index of another model is not used`() async throws {
        let desk = try await Self.saved()
        try desk.reopen(saved: true, SmallEncoder(identity: "other", seed: 9))
        #expect(desk.index.meaning?.progress.embedded == 0)
    }

    @Test func `the files are for their owner only`() async throws {
        let desk = try await Self.saved()
        for file in ["passages", "vectors"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: desk.path + "." + file)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func `the file of passages reads as it was written, and nothing that is shorter`() async throws {
        let desk = try await Self.saved()
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: desk.path + ".passages")))
        let file = try #require(PassageFile(bytes))
        #expect(file.articles.count == 40 && file.bytes == bytes)
        for length in stride(from: 0, to: bytes.count, by: 97) { #expect(PassageFile(Array(bytes[..<length])) == nil) }
    }
}
