package import Access
package import Storage
import Vocabulary

/// An item with everything that is known of it.
package struct WorkFile: Sendable {
    /// The item.
    package let item: WorkItem
    /// Its kind, of the version that it keeps.
    package let kind: WorkKind
    /// The last entries of its history, oldest first.
    package let history: [WorkEntry]
}

extension WorkDesk {
    /// How many entries of a history are shown.
    private static let maximumHistory = 200

    /// An item that the caller may see.
    ///
    /// - Throws: ``WorkError`` `notFound`.
    package func file(_ id: String, for principal: Principal) async throws -> WorkFile {
        try await store.read { [self] transaction in
            guard let item = try WorkTable.item(id, in: transaction), WorkVisibility(of: principal).includes(item)
            else {
                throw Self.unknown(id)
            }
            return WorkFile(
                item: item,
                kind: try kinds.kind(item.kind, version: item.kindVersion, in: transaction),
                history: try WorkLog.history(of: id, limit: Self.maximumHistory, in: transaction)
            )
        }
    }

    /// A page of the items that pass a filter and that the caller may see.
    ///
    /// A page costs the same however many items there are (``WorkPlan``), and is full unless it is the last one. Only where no index has the filter
    /// (items of a contact, and those of somebody else that the caller owns or created) may a page have fewer items than its limit, or
    /// none, and still not be the last.
    package func list(_ filter: WorkFilter, for principal: Principal) async throws -> WorkPage {
        let visibility = WorkVisibility(of: principal)
        return try await store.read { transaction in
            let plan = try WorkPlan(filter, for: visibility, in: transaction)
            let (places, next) = try plan.page(filter, in: transaction)
            let items = try WorkTable.items(places.map(\.number), in: transaction)
            return WorkPage(items: items.filter(visibility.includes), next: next)
        }
    }

    /// The statements of ``list(_:for:)`` with their values, for whoever looks at how the store runs them.
    ///
    /// - Returns: those that read ranges of an index or find what ranges there are, and those that test rows.
    package static func statements(
        _ filter: WorkFilter,
        for principal: Principal,
        in transaction: some SQLReading
    ) throws -> (ranges: [(sql: String, values: [SQLValue])], tests: [(sql: String, values: [SQLValue])]) {
        let plan = try WorkPlan(filter, for: WorkVisibility(of: principal), in: transaction)
        var (ranges, tests) = (plan.lookups, [WorkPlan.Statement]())
        for step in plan.steps {
            switch step {
            case .range(let statement): ranges.append(statement)
            case .test(let statement, let end): tests += [statement, end]
            }
        }
        return (ranges.map { ($0.sql, $0.values) }, tests.map { ($0.sql, $0.values) })
    }

    /// The titles of the kinds that items have, in a language.
    ///
    /// - Returns: a title for each version and name of a kind.
    package func titles(of items: [WorkItem], in locale: String?) async throws -> [KindKey: String] {
        let keys = Set(items.filter { $0.title == nil }.map(KindKey.init))
        guard !keys.isEmpty else { return [:] }
        return try await store.read { [kinds] transaction in
            try Dictionary(
                uniqueKeysWithValues: keys.map { key in
                    (key, try kinds.kind(key.name, version: key.version, in: transaction).title(in: locale))
                }
            )
        }
    }

    /// A kind in one of its versions.
    package struct KindKey: Sendable, Hashable {
        let name: String
        let version: Int64

        /// The kind of an item.
        package init(_ item: WorkItem) { (name, version) = (item.kind, item.kindVersion) }
    }

    /// What an item is called: by itself, or by its kind in each language.
    package enum Title: Sendable, Hashable {
        /// The words of whoever created it, without personal data.
        case own(String)
        /// The titles of its kind, by language.
        case kind([String: String])
    }

    /// The title of an item, for whoever keeps it for readers of several languages.
    package func title(of item: WorkItem, in transaction: some SQLReading) throws -> Title {
        if let own = item.title { return .own(own) }
        return .kind(try kinds.kind(item.kind, version: item.kindVersion, in: transaction).titles)
    }

    // MARK: The feed

    /// The name of the log of events, for those who wait for its news (`Store.commits(to:)`).
    package static var eventLog: String { WorkLog.name }

    /// The number of the last event; 0 before the first.
    package func head() async throws -> Int64 { try await store.read { try WorkLog.head(in: $0) } }

    /// The events after a number, in their order, without gaps.
    package func events(after: Int64, limit: Int, in transaction: some SQLReading) throws -> [WorkEvent] {
        try WorkLog.events(after: after, limit: limit, in: transaction)
    }

    /// Deletes from the log what happened to items that ended, and of which nothing was logged since a time.
    ///
    /// The items and their histories stay. A cursor stays valid: reading after it yields everything that was logged since and is still stored.
    ///
    /// - Returns: of how many items; `limit` if there may be more.
    package func prune(quietSince time: Int64, limit: Int) async throws -> Int {
        guard try await store.read({ try !WorkTable.logged(before: time, limit: 1, in: $0).isEmpty }) else { return 0 }
        return try await store.write { transaction in
            let pruned = try WorkLog.prune(before: time, limit: limit, in: transaction)
            try Store.requestErasureFromFiles(in: transaction)
            return pruned
        }
    }
}
