import AuditTrail
import Foundation
import Storage
import Testing
import Texts
import Versioning

@Suite struct TextCatalogTests {
    private let store: Store
    private let catalog: TextCatalog

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("texts-\(UUID().uuidString)")
        store = try Store(
            folder: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations
        )
        let english = try TextBook(yaml: "a: built in\nb: also built in", locale: "en", file: "en.yaml")
        let german = try TextBook(yaml: "a: mitgeliefert", locale: "de", file: "de.yaml")
        catalog = TextCatalog(store: store, builtIn: [english, german])
    }

    @Test func `built-in texts are in force until a publication, and supplement it`() throws {
        #expect(try catalog.texts(for: nil).text("a") == "built in")
        _ = try catalog.publish("en", source: "a: ours", note: nil, by: "olga", now: 1)
        #expect(try catalog.texts(for: "en").text("a") == "ours")
        #expect(try catalog.texts(for: "en").text("b") == "also built in")
        #expect(try TextCatalog(store: store, builtIn: []).texts(for: "en").text("a") == "ours")
    }

    @Test(arguments: [("de", "mitgeliefert"), ("de-AT", "mitgeliefert"), ("DE_ch", "mitgeliefert"), ("fr", "built in")])
    func `a region falls back to its language, and that to English`(locale: String, text: String) throws {
        #expect(try catalog.texts(for: locale).text("a") == text)
    }

    @Test func `versions are stored and rolled back`() throws {
        #expect(try catalog.publish("de-AT", source: "a: eins", note: nil, by: "o", now: 1).version == 1)
        #expect(try catalog.publish("de_at", source: "a: eins", note: nil, by: "o", now: 2).version == 1)
        #expect(try catalog.publish("de-at", source: "a: zwei", note: nil, by: "o", now: 3).version == 2)
        #expect(try catalog.texts(for: "de-AT").text("a") == "zwei")
        #expect(try catalog.rollback("de-AT", to: 1, reason: "wrong", by: "o", now: 4).version == 1)
        #expect(try catalog.texts(for: "de-AT").text("a") == "eins")
        #expect(try catalog.versions(of: "de-at").map(\.version.number) == [2, 1])
        #expect(try catalog.list().map(\.locale) == ["de-at"])
        #expect(throws: TextError.self) { try catalog.rollback("de-at", to: 1, reason: "again", by: "o", now: 5) }
        #expect(throws: TextError.self) { try catalog.rollback("de-at", to: 9, reason: "none", by: "o", now: 5) }
        #expect(throws: TextError.self) { try catalog.versions(of: "fr") }
        #expect(throws: TextError.self) { try catalog.publish("a b", source: "a: x", note: nil, by: "o", now: 6) }
        #expect(throws: TextError.self) { try catalog.publish("en", source: "- x", note: nil, by: "o", now: 6) }
    }

    @Test func `policy names denote languages`() {
        #expect(TextCatalog.locale(ofPolicy: "texts.de") == "de")
        #expect(TextCatalog.locale(ofPolicy: "texts.") == nil)
        #expect(TextCatalog.locale(ofPolicy: "signals") == nil)
    }
}
