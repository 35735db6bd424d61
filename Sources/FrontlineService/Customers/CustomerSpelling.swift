import Customers
import Resolution
import Storage

/// Brings a store into line with the way the ids of customers are compared, before anybody is served.
struct CustomerSpelling {
    /// The tables with a column `customer_id` that is looked up.
    private static let tables = ["conversations", "alerts", "script_sessions"]

    let services: Services
    let form: CanonicalForm

    /// Does nothing for a store that is in line.
    ///
    /// - Throws: ``ConfigurationError`` when names that were taken for one would have to become several again.
    func adopt() throws {
        let noted = try services.store.readNow { try CanonicalForm.noted(in: $0) }
        guard noted != form else { return }
        guard form.canFollow(noted) else {
            throw ConfigurationError(
                place: ServerOption.customerIDCase.key,
                message: "this store has taken capitals and small letters for the same; it cannot tell them apart again"
            )
        }
        try services.authority.prepareRespelling()
        try services.store.writeNow { transaction in
            for table in Self.tables { try form.respell(table, in: transaction) }
            try services.authority.respell(now: services.now(), in: transaction)
            try form.note(in: transaction)
        }
    }
}
