package import Customers
import Resolution
package import Storage

/// The names under which the audit log knows a thing.
package enum AuditObject {
    private static let customer = "customer:"

    /// A customer's, made from the keyed hash of the id.
    static func customer(hash: String) -> String { customer + hash }

    /// A name as it is given, and where it is that of a customer the one under which the log has it.
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
