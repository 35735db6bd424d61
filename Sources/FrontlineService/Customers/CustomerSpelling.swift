import Customers
import Resolution
import Storage

/// Converts a store to the configured form of customer ids, before requests are served.
struct CustomerSpelling {
    /// The tables with a column `customer_id` that is used in look-ups.
    private static let tables = ["conversations", "alerts", "script_sessions"]

    let services: Services
    let form: CanonicalForm

    /// Converts the store, unless it already has this form.
    ///
    /// - Throws: ``ConfigurationError`` if ids that were treated as equal would have to become different again.
    func adopt() throws {
        let noted = try services.store.readNow { try CanonicalForm.noted(in: $0) }
        guard noted != form else { return }
        guard form.canFollow(noted) else {
            throw ConfigurationError(
                place: ServerOption.customerIDCase.key,
                message: "this store has treated upper and lower case as equal; it cannot distinguish them again"
            )
        }
        try services.store.writeNow { transaction in
            for table in Self.tables { try form.respell(table, in: transaction) }
            try services.authority.respell(now: services.now(), in: transaction)
            try form.note(in: transaction)
        }
    }
}
