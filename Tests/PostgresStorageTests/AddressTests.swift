import PostgresStorage
import Storage
import Testing

/// Addresses of databases, and what people see of them.
@Suite struct AddressTests {
    @Test(arguments: [
        (
            "postgres://anna:geheim@db.example:5433/frontline?sslmode=verify-full",
            "postgresql://anna@db.example:5433/frontline"
        ),
        ("postgresql://db/frontline", "postgresql://db/frontline"),
        ("postgres://anna:ge%40heim@one,two/frontline", "postgresql://anna@one,two/frontline"),
        ("postgres://one:5433,two:5434/frontline", "postgresql://one:5433,two:5434/frontline"),
        ("host=one,two port=5433 dbname=frontline", "postgresql://one:5433,two:5433/frontline"),
        (
            "host=/run/postgresql user=anna password='ge heim' dbname=frontline",
            "postgresql://anna@/run/postgresql/frontline"
        ),
        ("service=frontline", "postgresql://?service=frontline"),
    ])
    func `what people see of an address has no password`(_ text: String, _ shown: String) throws {
        let address = try PostgresAddress(text)
        #expect(address.description == shown)
        #expect(address.hasPassword == text.contains("heim"))
        #expect(address.text == text)
    }

    @Test(arguments: [
        "postgres://anna:geheim@[half/database", "postgres://anna:geheim@x@here/database", "host=here geheim",
        "host='geheim",
        "password=geheim nothing=x", "postgres://here/database?geheim=1", String(repeating: "geheim", count: 1_000),
    ])
    func `an address that cannot be read is refused, and not quoted`(_ text: String) {
        #expect { _ = try PostgresAddress(text) } throws: { error in
            let error = error as? StorageError
            return error?.code == .cannotOpen && error?.message.contains("geheim") == false
        }
        #expect { _ = try Store(postgres: PostgresSettings(address: text), migrations: []) } throws: { error in
            (error as? StorageError)?.message.contains("geheim") == false
        }
    }
}
