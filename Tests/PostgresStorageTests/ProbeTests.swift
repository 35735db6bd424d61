import PostgresStorage
import Storage
import TestStores
import Testing

/// Which databases are refused, and what is said then.
@Suite struct ProbeTests {
    private static func facts(_ change: (inout PostgresProbe.Facts) -> Void = { _ in }) -> PostgresProbe.Facts {
        var facts = PostgresProbe.Facts(
            version: 150_018,
            product: "PostgreSQL 15.18 on x86_64-pc-linux-gnu",
            encoding: "UTF8",
            isStandby: false,
            isReadOnly: false,
            synchronousCommit: "on"
        )
        change(&facts)
        return facts
    }

    @Test func `an ordinary server is fit`() { #expect(PostgresProbe.fault(Self.facts()) == nil) }

    @Test(arguments: [
        (facts { $0.version = 140_009 }, "PostgreSQL 15 or newer"),
        (facts { $0.product = "CockroachDB CCL v23.1" }, "this is CockroachDB"),
        (facts { $0.product = "PostgreSQL 15.2-YB-2.25.0.0-b0" }, "needs PostgreSQL"),
        (facts { $0.encoding = "LATIN1" }, "the encoding LATIN1"),
        (facts { $0.isStandby = true }, "is a standby"),
        (facts { $0.isReadOnly = true }, "is read-only"),
        (facts { $0.synchronousCommit = "off" }, "synchronous_commit is off"),
    ]) func `an unfit server is told what it lacks`(_ facts: PostgresProbe.Facts, _ words: String) {
        #expect(PostgresProbe.fault(facts)?.contains(words) == true)
    }

    @Test(
        .enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment),
        arguments: [
            ("ENCODING 'LATIN1' TEMPLATE template0", nil, "the encoding LATIN1"),
            ("", "ALTER DATABASE $ SET synchronous_commit = off", "synchronous_commit is off"),
            ("", "ALTER DATABASE $ SET default_transaction_read_only = on", "is read-only"),
        ] as [(String, String?, String)]
    ) func `an unfit database is refused`(_ options: String, _ change: String?, _ words: String) throws {
        let nodes = try Nodes(options)
        if let change { try nodes.sql(change.replacing("$", with: nodes.database)) }
        #expect { _ = try nodes.node() } throws: { error in
            let error = error as? StorageError
            return error?.code == .cannotOpen && error?.message.contains(words) == true
        }
    }

    @Test(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment))
    func `texts are ordered byte by byte in a database with another collation`() async throws {
        let nodes = try Nodes("TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C'")
        let store = try nodes.node()
        try await store.write { transaction in
            try transaction.execute("INSERT INTO things (id, name) VALUES (1, 'a'), (2, 'B'), (3, 'é'), (4, 'Z')")
        }
        let names = try await store.read {
            try $0.rows("SELECT name FROM things ORDER BY name") { try $0.text("name") }
        }
        #expect(names == ["B", "Z", "a", "é"])
    }

    @Test(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment))
    func `a column with another collation is refused and named`() throws {
        let nodes = try Nodes("TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C'")
        try nodes.node().close()
        try nodes.sql("ALTER TABLE things ALTER COLUMN name TYPE TEXT COLLATE \"en-x-icu\"")
        #expect { _ = try nodes.node() } throws: {
            ($0 as? StorageError)?.message.contains("things.name") == true
        }
    }

    @Test(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment))
    func `a server that is not there is told at once, without the password`() throws {
        let settings = PostgresSettings(address: "postgres://me:secret@127.0.0.1:1/none")
        #expect { _ = try Store(postgres: settings, migrations: []) } throws: { error in
            let error = error as? StorageError
            return error?.code == .cannotOpen && error?.message.contains("secret") == false
        }
    }

    @Test(
        arguments: [
            (
                "CREATE TABLE t (a TEXT NOT NULL, b TEXT)",
                "CREATE TABLE t (a TEXT COLLATE \"C\" NOT NULL, b TEXT COLLATE \"C\")"
            ),
            ("ALTER TABLE t ADD COLUMN a TEXT", "ALTER TABLE t ADD COLUMN a TEXT COLLATE \"C\""),
            ("CREATE TABLE t (TEXTS BIGINT, b BIGINT CHECK (b <> 'TEXT'))", nil),
            ("CREATE TABLE t (a BIGINT CHECK (CAST(a AS TEXT) <> ''))", nil),
            ("UPDATE t SET a = CAST(b AS TEXT)", nil),
        ] as [(String, String?)]
    ) func `columns of text are given their collation`(_ statement: String, _ expected: String?) {
        #expect(PostgresMigrations.collated(statement) == expected ?? statement)
    }

    @Test(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment))
    func `a report names everything, also of a database that is unfit or has no store`() throws {
        let nodes = try Nodes()
        let settings = PostgresSettings(address: nodes.server.address(of: nodes.database))
        func report() throws -> [String: StoreFinding] {
            let findings = try PostgresProbe.report(settings, migrations: Nodes.migrations)
            return Dictionary(findings.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
        #expect(try !PostgresProbe.hasStore(settings))
        let empty = try report()
        #expect(empty.values.allSatisfy { $0.verdict != .unfit })
        #expect(empty["fsync"]?.verdict == .doubtful)
        #expect(empty["connection"]?.verdict == .fit)
        #expect(empty["schema"]?.found.contains("no store yet") == true)
        // Nothing was made by asking.
        #expect(try !PostgresProbe.hasStore(settings))
        try nodes.node().close()
        #expect(try PostgresProbe.hasStore(settings))
        #expect(try report()["schema"]?.found == "current")
        try nodes.sql("INSERT INTO frontline_migrations (name, number) VALUES ('later-1', 99)")
        try nodes.sql("ALTER DATABASE \(nodes.database) SET synchronous_commit = off")
        let unfit = try report()
        #expect(unfit["schema"]?.verdict == .unfit)
        #expect(unfit["synchronous_commit"]?.verdict == .unfit)
        #expect(unfit["version"]?.verdict == .fit)
    }
}
