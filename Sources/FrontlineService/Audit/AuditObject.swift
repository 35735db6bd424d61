package import Customers
import Resolution
package import Storage

/// The names of things in the audit log.
package enum AuditObject {
    private static let customer = "customer:"

    /// The name of a customer, from the keyed hash of the id.
    static func customer(hash: String) -> String { customer + hash }

    /// The given name and, if it is a customer's, the corresponding name in the log.
    package static func names(
        of name: String,
        form: CanonicalForm,
        in transaction: some SQLReading
    ) throws -> [String] {
        guard name.hasPrefix(customer) else { return [name] }
        let id = String(name.dropFirst(customer.count))
        return [name]
            + (try AuthorityLedger.customerHash(id, form: form, in: transaction).map { [customer(hash: $0)] } ?? [])
    }
}
