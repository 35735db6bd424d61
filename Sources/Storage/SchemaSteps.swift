/// What a migration may do that servers of an older version have to live with.
///
/// - It adds: tables, columns that older servers leave empty, indexes that refuse nothing, rows of tables that it makes.
/// - It takes away what the oldest servers it names no longer use: tables, columns, indexes.
/// - It changes nothing else. What older servers have written is brought into another form by the program, record by record, and
///   read in both forms until it is.
package enum SchemaSteps {
    /// What is wrong with migrations, in sentences.
    package static func faults(in migrations: [Migration]) -> [String] {
        migrations.flatMap { migration -> [String] in
            guard let oldest = migration.livesWith else { return [] }
            let order =
                1..<max(1, migration.generation) ~= oldest
                ? [] : ["\(migration.name) lives with the generation \(oldest), which is not before its own"]
            let made = Set(Migration.tables(madeBy: [migration]))
            return order
                + migration.statements.filter { !isAllowed($0, made) }.map { statement in
                    let words = statement.split(whereSeparator: \.isWhitespace)
                    return "\(migration.name) changes what older servers use: \(words.joined(separator: " "))"
                }
        }
    }

    private static func isAllowed(_ statement: String, _ made: Set<String>) -> Bool {
        let words = statement.split(whereSeparator: { $0.isWhitespace || "(),;".contains($0) }).map(String.init)
        let upper = words.map { $0.uppercased() }
        switch upper.prefix(2) {
        case ["CREATE", "TABLE"], ["CREATE", "INDEX"], ["DROP", "INDEX"], ["DROP", "TABLE"]: return true
        case ["CREATE", "UNIQUE"]:
            // What an older server inserts must not be refused.
            guard let place = upper.firstIndex(of: "ON"), place + 1 < words.count else { return false }
            return made.contains(words[place + 1])
        case ["INSERT", "INTO"]: return words.count > 2 && made.contains(words[2])
        case ["ALTER", "TABLE"]: return isAllowedAlteration(Array(upper.dropFirst(3)))
        default: return false
        }
    }

    private static func isAllowedAlteration(_ words: [String]) -> Bool {
        switch words.prefix(2) {
        case ["DROP", "COLUMN"]: return true
        case ["ADD", "COLUMN"]:
            let isOpen = !words.contains("NOT") || words.contains("DEFAULT")
            return isOpen && Set(words).isDisjoint(with: ["UNIQUE", "CHECK", "REFERENCES", "PRIMARY"])
        default: return false
        }
    }
}
