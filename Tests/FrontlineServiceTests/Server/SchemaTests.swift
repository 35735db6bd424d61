import FrontlineService
import Storage
import Testing

/// The tables of the program.
@Suite struct SchemaTests {
    private static let all = Store.ownMigrations + DataFolder.migrations

    @Test func `every step that older servers live with only adds, or takes away what they do not use`() {
        #expect(SchemaSteps.faults(in: Self.all) == [])
    }

    @Test func `generations follow each other`() {
        let generations = Set(Self.all.map(\.generation))
        #expect(generations == Set(1...(generations.max() ?? 1)))
    }

    @Test func `every table of the store is known to a copy`() throws {
        let folder = try Desk().folder
        let sql =
            switch folder.store.engine {
            case .sqlite:
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'"
            case .postgresql:
                """
                SELECT CAST(tablename AS TEXT) AS name FROM pg_tables
                WHERE schemaname = current_schema() AND tablename NOT IN ('frontline_migrations', 'store_head')
                """
            }
        let made = try folder.store.readNow { try $0.rows(sql) { try $0.text("name") } }
        // Those that the copy has of its own.
        let own = [Duty.table, "nodes", "node_calls"]
        #expect(Set(made) == Set(StoreCopier.tables + own))
        #expect(made.count == StoreCopier.tables.count + own.count)
    }
}
