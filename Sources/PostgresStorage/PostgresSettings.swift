internal import Storage

/// How a store on PostgreSQL is reached, and how long anything may take.
package struct PostgresSettings: Sendable {
    /// Where the database is, as libpq writes it: `postgres://user@host:port/database?sslmode=verify-full`, or words such as
    /// `host=… dbname=…`.
    ///
    /// Several hosts may be given; the primary among them is used. Passwords, certificates and service files are taken from
    /// where libpq takes them: the address, `PGPASSFILE`, `PGSERVICEFILE` and the other variables of its documentation.
    package var address: String
    /// How many connections read.
    package var readers = min(8, Store.maximumReaders)
    /// How long one statement of a read may run while the database answers others.
    package var readLimit = Duration.seconds(300)
    /// How long one statement of a write may run, its wait for other nodes included.
    package var writeLimit = Duration.seconds(10)
    /// How long a write may compute between two statements.
    ///
    /// All writers of all nodes wait meanwhile, so the database ends the transaction of a node that is frozen.
    package var pauseLimit = Duration.seconds(5)
    /// How long the database may leave a question unanswered until it counts as gone.
    package var silenceLimit = Duration.seconds(3)
    /// How long a commit whose connection was lost is looked for.
    package var resolveLimit = Duration.seconds(10)
    /// For how long what is known about other nodes' commits may be relied upon without asking; zero to ask every time.
    package var freshness = Duration.seconds(1)
    /// The tables that a server knows; nil for a connection that does not depend on them.
    var schema: PostgresSchema?

    package init(address: String) { self.address = address }
}

extension Duration {
    /// In whole milliseconds, as the settings of the database have it; at least one, as zero would mean no limit.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000))
    }
}
