/// A column in which people wrote, and which may name a customer whose data is erased elsewhere.
package struct StoredText: Sendable, Hashable {
    /// A row whose text is to be written anew.
    package struct Change: Sendable, Hashable {
        package let key: [SQLValue]
        package let text: String
    }

    /// What happens to a row that names an erased customer.
    package enum Treatment: Sendable, Hashable {
        /// The names are taken out; `also` is what else is set in the row, in SQL.
        case redact(also: String?)
        /// The row is deleted.
        case delete
    }

    private let table: String
    private let key: [String]
    private let column: String
    private let treatment: Treatment

    /// A column of a table whose rows are known by `key`, columns of integers and texts.
    package init(_ table: String, key: [String], column: String, _ treatment: Treatment = .redact(also: nil)) {
        self.table = table
        self.key = key
        self.column = column
        self.treatment = treatment
    }

    /// The rows whose text `redacted` changes.
    ///
    /// - Parameters:
    ///   - fragments: parts, in small ASCII letters, one of which is in every text wanted; nil to look at all of them.
    ///   - transaction: where it is read.
    ///   - redacted: the text as it should be.
    /// - Returns: the rows with their new texts.
    /// - Throws: ``StorageError``.
    package func changes(
        fragments: [String]?,
        in transaction: some SQLReading,
        redacted: (String) -> String
    ) throws -> [Change] {
        var arguments: [SQLValue] = []
        let conditions = (fragments ?? []).map { fragment in
            arguments.append(.text("%" + fragment + "%"))
            return "lower(\(column)) LIKE $\(arguments.count)"
        }
        let condition = fragments == nil ? "\(column) IS NOT NULL" : conditions.joined(separator: " OR ")
        guard !condition.isEmpty else { return [] }
        var found: [Change] = []
        try transaction.forEach(
            "SELECT \(column), \(key.joined(separator: ", ")) FROM \(table) WHERE \(condition)",
            arguments
        ) { row in
            guard let text = try row.optionalText(named: column) else { return }
            let changed = redacted(text)
            guard changed != text else { return }
            found.append(Change(key: try key.map { try row.argument(named: $0) }, text: changed))
        }
        return found
    }

    /// Writes texts anew, or deletes their rows.
    package func apply(_ changes: [Change], in transaction: WriteTransaction) throws {
        for change in changes {
            var values = change.key
            let row = key.enumerated().map { "\($1) = $\($0 + 1)" }.joined(separator: " AND ")
            switch treatment {
            case .delete: try transaction.post("DELETE FROM \(table) WHERE \(row)", values)
            case .redact(let also):
                values.append(.text(change.text))
                let further = also.map { ", " + $0 } ?? ""
                try transaction.post(
                    "UPDATE \(table) SET \(column) = $\(values.count)\(further) WHERE \(row)",
                    values
                )
            }
        }
    }
}
