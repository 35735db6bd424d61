/// One step of the schema.
///
/// A module lists its own; the composition puts the lists in order.
///
/// A migration that has been released never changes: a later one amends it.
package struct Migration: Sendable {
    /// A unique name such as `knowledge-1`.
    package let name: String
    /// Statements in the SQL that SQLite and PostgreSQL share.
    package let statements: [String]

    package init(_ name: String, _ statements: [String]) {
        self.name = name
        self.statements = statements
    }
}
