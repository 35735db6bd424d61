import Foundation
import Storage
import TestStores
import Testing

@Suite struct RecordKeyTests {
    private static let keys = RecordKeys(table: "things", id: "name", time: "made_microseconds")

    private func store() throws -> Store {
        let store = try Store(
            testing: FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)"),
            migrations: [
                Migration(
                    "things",
                    ["CREATE TABLE things (name TEXT NOT NULL PRIMARY KEY, made_microseconds BIGINT NOT NULL)"]
                )
            ]
        )
        try store.writeNow { transaction in
            for (name, time) in [("d", 10), ("a", 40), ("c", 20), ("b", 30)] as [(String, Int64)] {
                try transaction.execute(
                    "INSERT INTO things (name, made_microseconds) VALUES ($1, $2)",
                    [.text(name), .integer(time)]
                )
            }
        }
        return store
    }

    @Test func `ids follow one another in their order, page by page`() throws {
        let pages = try store().readNow { transaction in
            try ["", "b", "d"].map { try Self.keys.ids(after: $0, limit: 2, in: transaction) }
        }
        #expect(pages == [["a", "b"], ["c", "d"], []])
    }

    @Test func `a period has its first moment and not the last`() throws {
        let found = try store().readNow { try Self.keys.ids(from: 20, to: 40, in: $0) }
        #expect(found == ["b", "c"])
    }
}
