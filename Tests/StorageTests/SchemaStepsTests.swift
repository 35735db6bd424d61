import Storage
import Testing

@Suite struct SchemaStepsTests {
    private static func faults(_ statements: String..., generation: Int = 3, livesWith: Int? = 2) -> [String] {
        SchemaSteps.faults(in: [Migration("step", statements, generation: generation, livesWith: livesWith)])
    }

    @Test(arguments: [
        "CREATE TABLE new (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        "CREATE INDEX turns_by_note ON turns (note)",
        "ALTER TABLE turns ADD COLUMN note TEXT",
        "ALTER TABLE turns ADD COLUMN count BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE turns DROP COLUMN old",
        "DROP TABLE old",
        "DROP INDEX turns_by_old",
    ])
    func `what adds, or takes away, is allowed`(_ statement: String) {
        #expect(Self.faults(statement) == [])
    }

    @Test(arguments: [
        "ALTER TABLE turns ADD COLUMN note TEXT NOT NULL",
        "ALTER TABLE turns ADD COLUMN note TEXT UNIQUE",
        "ALTER TABLE turns RENAME COLUMN text TO words",
        "ALTER TABLE turns RENAME TO utterances",
        "CREATE UNIQUE INDEX turns_by_note ON turns (note)",
        "UPDATE turns SET note = ''",
        "DELETE FROM turns",
        "INSERT INTO turns (turn) VALUES (1)",
    ])
    func `what older servers would not survive is told`(_ statement: String) {
        #expect(Self.faults(statement) == ["step changes what older servers use: \(statement)"])
        // A step that lives with no older server may do it.
        #expect(Self.faults(statement, livesWith: nil) == [])
    }

    @Test func `a table that the step makes may be filled and have any index`() {
        #expect(
            Self.faults(
                "CREATE TABLE new (id BIGINT)",
                "CREATE UNIQUE INDEX new_by_id ON new(id)",
                "INSERT INTO new (id) VALUES (1)"
            ) == []
        )
    }

    @Test(arguments: [0, 3, 4]) func `a step lives with generations before its own`(oldest: Int) {
        #expect(Self.faults("DROP TABLE old", livesWith: oldest).count == 1)
    }
}
