import AuditTrail
import Foundation
import Storage
import TestStores
import Testing
import Texts
import Versioning

@Suite struct TextCatalogTests {
    private let store: Store
    private let catalog: TextCatalog

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("texts-\(UUID().uuidString)")
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations
        )
        let english = try TextBook(yaml: "a: built in\nb: also built in", locale: "en", file: "en.yaml")
        let german = try TextBook(yaml: "a: mitgeliefert", locale: "de", file: "de.yaml")
        catalog = TextCatalog(store: store, builtIn: [english, german])
    }

    @Test func `built-in texts are in force until a publication, and supplement it`() async throws {
        #expect(try await catalog.texts(for: nil).text("a") == "built in")
        _ = try await catalog.publish("en", source: "a: ours", note: nil, by: "olga", now: 1)
        #expect(try await catalog.texts(for: "en").text("a") == "ours")
        #expect(try await catalog.texts(for: "en").text("b") == "also built in")
        #expect(try await TextCatalog(store: store, builtIn: []).texts(for: "en").text("a") == "ours")
    }

    @Test(arguments: [("de", "mitgeliefert"), ("de-AT", "mitgeliefert"), ("DE_ch", "mitgeliefert"), ("fr", "built in")])
    func `a region falls back to its language, and that to English`(locale: String, text: String) async throws {
        #expect(try await catalog.texts(for: locale).text("a") == text)
    }

    @Test func `versions are stored and rolled back`() async throws {
        #expect(try await catalog.publish("de-AT", source: "a: eins", note: nil, by: "o", now: 1).version == 1)
        #expect(try await catalog.publish("de_at", source: "a: eins", note: nil, by: "o", now: 2).version == 1)
        #expect(try await catalog.publish("de-at", source: "a: zwei", note: nil, by: "o", now: 3).version == 2)
        #expect(try await catalog.texts(for: "de-AT").text("a") == "zwei")
        #expect(try await catalog.rollback("de-AT", to: 1, reason: "wrong", by: "o", now: 4).version == 1)
        #expect(try await catalog.texts(for: "de-AT").text("a") == "eins")
        #expect(try await catalog.versions(of: "de-at").map(\.version.number) == [2, 1])
        #expect(try await catalog.list().map(\.locale) == ["de-at"])
        await #expect(throws: TextError.self) {
            try await catalog.rollback("de-at", to: 1, reason: "again", by: "o", now: 5)
        }
        await #expect(throws: TextError.self) {
            try await catalog.rollback("de-at", to: 9, reason: "none", by: "o", now: 5)
        }
        await #expect(throws: TextError.self) { try await catalog.versions(of: "fr") }
        await #expect(throws: TextError.self) {
            try await catalog.publish("a b", source: "a: x", note: nil, by: "o", now: 6)
        }
        await #expect(throws: TextError.self) {
            try await catalog.publish("en", source: "- x", note: nil, by: "o", now: 6)
        }
    }

    @Test func `policy names denote languages`() {
        #expect(TextCatalog.locale(ofPolicy: "texts.de") == "de")
        #expect(TextCatalog.locale(ofPolicy: "texts.") == nil)
        #expect(TextCatalog.locale(ofPolicy: "signals") == nil)
    }
}
