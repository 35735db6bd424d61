package import Storage

/// Whether a database is fit to be a store, asked when it is opened.
package enum PostgresProbe {
    /// What a database says about itself.
    package struct Facts: Sendable {
        package var version: Int
        package var product: String
        package var encoding: String
        package var isStandby: Bool
        package var isReadOnly: Bool
        package var synchronousCommit: String

        /// - Parameters: what `version()`, the settings of the same names and `pg_is_in_recovery()` say.
        package init(
            version: Int,
            product: String,
            encoding: String,
            isStandby: Bool,
            isReadOnly: Bool,
            synchronousCommit: String
        ) {
            (self.version, self.product, self.encoding) = (version, product, encoding)
            (self.isStandby, self.isReadOnly) = (isStandby, isReadOnly)
            self.synchronousCommit = synchronousCommit
        }
    }

    private static let oldestVersion = 150_000

    /// - Throws: ``StorageError`` `cannotOpen`, which says what is wrong and what to do about it.
    static func check(_ connection: PostgresConnection) throws {
        let facts = try facts(of: connection)
        if let fault = fault(facts) { throw StorageError(code: .cannotOpen, message: fault) }
        do { try listen(connection) } catch let error as StorageError {
            throw StorageError(code: .cannotOpen, message: listenAdvice, cause: error)
        }
    }

    private static let listenAdvice = """
        the database has no LISTEN, by which nodes hear of each other: use an ordinary PostgreSQL server, and no pooler of \
        transactions in between
        """

    private static func listen(_ connection: PostgresConnection) throws {
        try connection.perform(["LISTEN frontline_probe", "UNLISTEN frontline_probe"])
    }

    private static func facts(of connection: PostgresConnection) throws -> Facts {
        let facts = try ReadTransaction(connection).first(
            """
            SELECT version() AS product, current_setting('server_version_num') AS version,
                current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby,
                current_setting('transaction_read_only') AS read_only,
                current_setting('synchronous_commit') AS synchronous
            """
        ) { row in
            Facts(
                version: Int(try row.text("version")) ?? 0,
                product: try row.text("product"),
                encoding: try row.text("encoding"),
                isStandby: try row.flag("standby"),
                isReadOnly: try row.text("read_only") == "on",
                synchronousCommit: try row.text("synchronous")
            )
        }
        guard let facts else { throw StorageError(code: .cannotOpen, message: "the database says nothing of itself") }
        return facts
    }

    /// What keeps a database from being a store; nil where nothing does.
    package static func fault(_ facts: Facts) -> String? { findings(facts).first { $0.verdict == .unfit }?.advice }

    /// What a database says about itself, and whether a store can be in it.
    package static func findings(_ facts: Facts) -> [StoreFinding] {
        let isProduct = facts.product.hasPrefix("PostgreSQL ") && !facts.product.contains("-YB-")
        return [
            StoreFinding(
                "product",
                found: String(facts.product.prefix(80)),
                advice: isProduct ? nil : "the store needs PostgreSQL; this is \(facts.product.prefix(80))"
            ),
            StoreFinding(
                "version",
                found: "\(facts.version / 10_000).\(facts.version % 10_000)",
                advice: facts.version < oldestVersion
                    ? "the store needs PostgreSQL 15 or newer; this is \(facts.product.prefix(40))" : nil
            ),
            StoreFinding(
                "encoding",
                found: facts.encoding,
                advice: facts.encoding == "UTF8"
                    ? nil : "the database has the encoding \(facts.encoding); create one with ENCODING 'UTF8'"
            ),
            StoreFinding(
                "server",
                found: facts.isStandby ? "standby" : "primary",
                advice: facts.isStandby
                    ? "this server is a standby; name the primary in the address of the store" : nil
            ),
            StoreFinding(
                "writable",
                found: facts.isReadOnly ? "no" : "yes",
                advice: facts.isReadOnly ? "the database is read-only; turn default_transaction_read_only off" : nil
            ),
            StoreFinding(
                "synchronous_commit",
                found: facts.synchronousCommit,
                advice: facts.synchronousCommit == "off"
                    ? "synchronous_commit is off, so an acknowledged commit could be lost; turn it on for this user"
                    : nil
            ),
        ]
    }

    /// Sees to it that the texts of the store's tables are compared byte by byte, as in SQLite.
    ///
    /// - Throws: ``StorageError`` `cannotOpen`, naming a column that has another collation.
    static func checkCollations(of tables: [String], on connection: PostgresConnection) throws {
        if let column = try misfitColumn(of: tables, on: connection) {
            throw StorageError(code: .cannotOpen, message: collationAdvice(column))
        }
    }

    private static func collationAdvice(_ column: String) -> String {
        "the column \(column) has another collation than C, in which the store would find other rows"
    }

    private static func misfitColumn(of tables: [String], on connection: PostgresConnection) throws -> String? {
        let known = Set(tables)
        var fault: String?
        try ReadTransaction(connection).forEach(
            """
            SELECT CAST(c.relname AS TEXT) AS relation, CAST(a.attname AS TEXT) AS attribute
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_collation l ON l.oid = a.attcollation
            WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid) AND a.attnum > 0 AND NOT a.attisdropped
                AND l.collname NOT IN ('C', 'POSIX')
                AND NOT (l.collname = 'default' AND EXISTS (
                    SELECT 1 FROM pg_database WHERE datname = current_database() AND datlocprovider = 'c'
                        AND datcollate IN ('C', 'POSIX')))
            """
        ) { row in
            let (table, column) = (try row.text("relation"), try row.text("attribute"))
            if known.contains(table) { fault = fault ?? "\(table).\(column)" }
        }
        return fault
    }
}

/// What an operator asks before a store is opened; nothing is changed by it.
extension PostgresProbe {
    /// Whether there is a store in a database.
    ///
    /// - Throws: ``StorageError`` `cannotOpen` where it cannot be reached.
    package static func hasStore(_ settings: PostgresSettings) throws -> Bool {
        try connected(settings) { try steps($0) != nil }
    }

    /// Everything that matters about a database, also where no store can be in it.
    ///
    /// - Throws: ``StorageError`` where it cannot be reached or refuses a question.
    package static func report(_ settings: PostgresSettings, migrations: [Migration]) throws -> [StoreFinding] {
        let all = PostgresDriver.migrations(with: migrations)
        return try connected(settings) { connection in
            var findings = [connectionFinding(connection)]
            findings += Self.findings(try facts(of: connection))
            findings.append(StoreFinding("listen", found: "yes"))
            do { try listen(connection) } catch let error as StorageError where error.code == .statement {
                findings[findings.count - 1] = StoreFinding("listen", found: "no", advice: listenAdvice)
            }
            findings += try durability(connection)
            findings.append(schemaFinding(try steps(connection), all))
            let tables = Migration.tables(madeBy: all)
            let misfit = try misfitColumn(of: tables, on: connection)
            findings.append(StoreFinding("collation", found: misfit ?? "C", advice: misfit.map(collationAdvice)))
            return findings
        }
    }

    private static func connected<T>(
        _ settings: PostgresSettings,
        _ body: (PostgresConnection) throws -> T
    ) throws -> T {
        PostgresDriver.prepareLibraries()
        do {
            let connection = try PostgresConnection(settings, for: .watching)
            defer { connection.close() }
            return try body(connection)
        } catch let error as StorageError where error.code == .unavailable {
            throw StorageError(code: .cannotOpen, message: error.message, cause: error)
        }
    }

    private static func connectionFinding(_ connection: PostgresConnection) -> StoreFinding {
        if connection.isEncrypted { return StoreFinding("connection", found: "encrypted") }
        if connection.isLocal { return StoreFinding("connection", found: "within this machine") }
        return StoreFinding(
            "connection",
            found: "in clear",
            .doubtful,
            advice: "customers' data crosses the network in clear; add sslmode=verify-full to the address"
        )
    }

    /// Settings of the server that decide whether a commit survives.
    private static func durability(_ connection: PostgresConnection) throws -> [StoreFinding] {
        func setting(_ name: String) throws -> String {
            try ReadTransaction(connection).first("SELECT current_setting($1) AS value", [.text(name)]) {
                try $0.text("value")
            } ?? ""
        }
        let unsafe = try ["fsync", "full_page_writes"].map { name in
            let value = try setting(name)
            return StoreFinding(
                name,
                found: value,
                .doubtful,
                advice: value == "off" ? "\(name) is off: a loss of power can damage the database" : nil
            )
        }
        let standbys = try setting("synchronous_standby_names")
        let standby = StoreFinding(
            "synchronous_standby_names",
            found: standbys.isEmpty ? "none" : standbys,
            .doubtful,
            advice: standbys.isEmpty
                ? "no standby has to confirm a commit: if this server is lost, so are the last ones" : nil
        )
        return unsafe + [standby]
    }

    /// The steps of the schema that were made; nil where there is no store.
    private static func steps(_ connection: PostgresConnection) throws -> [PostgresSchema.Step]? {
        let transaction = ReadTransaction(connection)
        let isThere = try transaction.first("SELECT to_regclass('frontline_migrations') IS NOT NULL AS there") {
            try $0.flag("there")
        }
        return isThere == true ? try PostgresSchema.steps(in: transaction) : nil
    }

    /// How the tables in a database relate to those of this program.
    ///
    /// - Throws: ``StorageError`` `cannotOpen` where it cannot be reached.
    package static func schema(_ settings: PostgresSettings, migrations: [Migration]) throws -> SchemaState {
        try connected(settings) { connection in
            state(try steps(connection), PostgresDriver.migrations(with: migrations))
        }
    }

    private static func state(_ steps: [PostgresSchema.Step]?, _ migrations: [Migration]) -> SchemaState {
        SchemaState(applied: steps.map { Set($0.map(\.name)) }, migrations: migrations)
    }

    private static func schemaFinding(_ steps: [PostgresSchema.Step]?, _ migrations: [Migration]) -> StoreFinding {
        switch state(steps, migrations) {
        case .absent: return StoreFinding("schema", found: "no store yet; the first server makes it")
        case .current: return StoreFinding("schema", found: "current")
        case .older(let missing):
            return StoreFinding("schema", found: "older; \(missing) steps are missing, which the next server makes")
        case .newer:
            do {
                try PostgresSchema(migrations).check(steps ?? [])
                return StoreFinding("schema", found: "newer; this version can work beside the newer one")
            } catch {
                return StoreFinding("schema", found: "newer", advice: PostgresMigrations.newerSchema)
            }
        }
    }
}
