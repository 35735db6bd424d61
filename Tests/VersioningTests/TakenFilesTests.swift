import Foundation
import Storage
import TestStores
import Testing
import Versioning

@Suite struct TakenFilesTests {
    private let store: Store

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("taken-\(UUID().uuidString)")
        store = try Store(testing: folder, migrations: TakenFiles.migrations)
    }

    @Test func `a file is new until it was noted with this content, under its kind and path`() throws {
        try store.writeNow { transaction throws in
            let isNew = { (kind: String, path: String, sha256: String) in
                try TakenFiles.isNew(kind: kind, path: path, sha256: sha256, in: transaction)
            }
            #expect(try isNew("policy", "a.dmn", "1"))
            try TakenFiles.note(kind: "policy", path: "a.dmn", sha256: "1", in: transaction)
            #expect(try !isNew("policy", "a.dmn", "1"))
            #expect(try isNew("policy", "a.dmn", "2"))
            #expect(try isNew("policy", "b.dmn", "1") && isNew("script", "a.dmn", "1"))
            // Only the last content counts, so that an edit that is taken back is published again.
            try TakenFiles.note(kind: "policy", path: "a.dmn", sha256: "2", in: transaction)
            #expect(try isNew("policy", "a.dmn", "1") && !isNew("policy", "a.dmn", "2"))
        }
    }
}
