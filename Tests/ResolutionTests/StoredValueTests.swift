import Access
import Resolution
import Storage
import Testing

@Suite struct StoredValueTests {
    @Test(
        "a stored value that is not known is corrupt and named, whoever reads the request",
        arguments: [
            ("status", "odd", "odd"), ("currency", "EURO", "EURO"), ("verdict", #"{"outcome":"maybe"}"#, "maybe"),
            ("settlement", #"{"result":"lost","by":"x","at":1}"#, "lost"),
            ("settlement", #"{"result":"done"}"#, "without who reported it"),
        ]
    )
    func unknown(column: String, value: String, named: String) async throws {
        let office = try await Office()
        let anna = Office.agent("anna")
        let grant = try await office.ledger.request(
            Office.refund("10.00", order: "OH-1"),
            key: "k",
            for: anna,
            now: Office.start
        )
        _ = try office.store.writeNow {
            try $0.execute("UPDATE resolutions SET \(column) = $1", [.text(value)])
        }
        let reads: [@Sendable () async throws -> Void] = [
            { _ = try await office.ledger.grant(grant.id, for: anna, now: Office.start) },
            { _ = try await office.ledger.list(GrantQuery(), for: anna, now: Office.start) },
        ]
        for read in reads {
            await #expect(
                performing: { try await read() },
                throws: { error in
                    guard let error = error as? StorageError else { return false }
                    return error.code == .corrupt && error.message.contains(named)
                }
            )
        }
    }
}
