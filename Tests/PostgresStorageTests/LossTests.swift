import PostgresStorage
import Storage
import TestStores
import Testing

/// Connections that are lost at the worst moments.
@Suite(.enabled(if: PostgresServer.isInstalled, PostgresServer.absenceComment), .timeLimit(.minutes(2)))
struct LossTests {
    private func endConnections(of nodes: Nodes) throws {
        try nodes.sql(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """
        )
    }

    private func address(_ proxy: LossyProxy, _ nodes: Nodes) -> String {
        "host=\(proxy.folder) user=postgres dbname=\(nodes.database)"
    }

    @Test func `reads and writes go on after the server has ended every connection`() async throws {
        let nodes = try Nodes()
        let store = try nodes.node()
        for number in 0..<5 {
            try await store.insert(number)
            #expect(try await store.read { try $0.rows("SELECT id FROM things") { _ in true } }.count == number + 1)
            try endConnections(of: nodes)
        }
        #expect(try nodes.ids() == Array(0..<5))
    }

    @Test func `a commit whose answer is lost is found out to have happened, and is not done twice`() async throws {
        let nodes = try Nodes()
        let proxy = try LossyProxy(to: nodes.server)
        let store = try nodes.node { $0.address = address(proxy, nodes) }
        for number in 0..<3 {
            proxy.loseCommit()
            try await store.insert(number)
        }
        #expect(try nodes.ids() == [0, 1, 2])
        #expect(try nodes.commits() == 3)
    }

    @Test func `a commit that cannot be found out about is said to be unknown`() async throws {
        let nodes = try Nodes()
        let proxy = try LossyProxy(to: nodes.server)
        let store = try nodes.node {
            $0.address = address(proxy, nodes)
            $0.resolveLimit = .milliseconds(300)
        }
        proxy.loseCommit(shut: true)
        await #expect { try await store.insert(1) } throws: { ($0 as? StorageError)?.code == .outcomeUnknown }
        // The database cannot be reached: what follows is refused at once, and nothing of it is done.
        await #expect { try await store.insert(2) } throws: { ($0 as? StorageError)?.code == .unavailable }
        #expect(try nodes.ids() == [1])
    }

    @Test func `a transaction that the database ends for another's sake is run again`() async throws {
        let nodes = try Nodes()
        let store = try nodes.node()
        // A conflict as the database reports it, twice: sequences are not undone with the transaction.
        try nodes.sql(
            """
            CREATE SEQUENCE tries;
            CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('tries') < 3 THEN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER conflicts BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION conflict();
            """
        )
        try await store.insert(1)
        #expect(try nodes.ids() == [1])
        try nodes.sql("SELECT setval('tries', 1)")
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 2..<20 { group.addTask { (try? await store.insert(number)) != nil } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(!outcomes.contains(false))
        #expect(try nodes.ids() == Array(1..<20))
    }

    @Test func `a conflict that does not end is told, after some attempts`() async throws {
        let nodes = try Nodes()
        let store = try nodes.node()
        try nodes.sql(
            """
            CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'conflict' USING ERRCODE = '40P01';
            END $$;
            CREATE TRIGGER conflicts BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION conflict();
            """
        )
        await #expect { try await store.insert(1) } throws: { ($0 as? StorageError)?.code == .busy }
    }

    @Test func `a statement whose table has changed since it was prepared is prepared again`() async throws {
        let nodes = try Nodes()
        let store = try nodes.node()
        let select = "SELECT * FROM things WHERE id = 1"
        try await store.insert(1)
        for type in ["VARCHAR", "BIGINT"] {
            _ = try await store.write { try $0.first(select) { try $0.integer("id") } }
            try nodes.sql("ALTER TABLE things DROP COLUMN name; ALTER TABLE things ADD COLUMN name \(type)")
            #expect(try await store.write { try $0.first(select) { try $0.integer("id") } } == 1)
        }
    }
}
