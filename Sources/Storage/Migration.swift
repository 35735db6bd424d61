/// One step of the schema.
///
/// A module lists its own; the composition puts the lists in order.
///
/// A migration that has been released never changes: a later one amends it. Servers of two versions work on one database while
/// an upgrade is under way, so a change that older ones would not survive is made in two releases: the first one adds, the
/// second one takes away what nobody uses any more. ``SchemaSteps`` holds a migration to that.
package struct Migration: Sendable {
    /// A unique name such as `knowledge-1`.
    package let name: String
    /// Statements in the SQL that SQLite and PostgreSQL share.
    package let statements: [String]
    /// Which generation of the schema it belongs to: one more for each release that changes it.
    ///
    /// The generation of a program is the highest one of its migrations.
    package let generation: Int
    /// The oldest generation whose programs work on beside this step; nil where none does, and all have to be stopped.
    package let livesWith: Int?

    package init(_ name: String, _ statements: [String], generation: Int = 1, livesWith: Int? = nil) {
        self.name = name
        self.statements = statements
        self.generation = generation
        self.livesWith = livesWith
    }

    /// The names of the tables that migrations make, in their order.
    package static func tables(madeBy migrations: [Migration]) -> [String] {
        migrations.flatMap(\.statements).compactMap { table($0, after: ["CREATE", "TABLE"]) }
    }

    /// The names of the tables into which migrations put rows.
    package static func tables(filledBy migrations: [Migration]) -> Set<String> {
        Set(migrations.flatMap(\.statements).compactMap { table($0, after: ["INSERT", "INTO"]) })
    }

    /// The name that follows the words with which a statement begins; nil for other statements.
    private static func table(_ statement: String, after first: [String]) -> String? {
        let words = statement.split(whereSeparator: { $0.isWhitespace || $0 == "(" }).map(String.init)
        guard words.count > 2, words.prefix(2).map({ $0.uppercased() }) == first else { return nil }
        return words[2].uppercased() == "IF" ? words.dropFirst(5).first : words[2]
    }
}
