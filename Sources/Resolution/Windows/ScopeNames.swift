import Customers
import Storage

/// Makes the names of customers and references into what windows are counted by: keyed hashes of their canonical forms.
struct ScopeNames: Sendable {
    let hash: KeyedHash
    /// How names are compared.
    let form: CanonicalForm

    /// What one spelling of a past release, or of another way to compare, was counted by.
    static let migration = [
        """
        CREATE TABLE resolution_spellings (
            name_hash TEXT NOT NULL,
            earlier_hash TEXT NOT NULL,
            PRIMARY KEY (name_hash, earlier_hash)
        )
        """
    ]

    /// What a customer is counted by.
    func customer(_ id: String) -> String { hash.hash(["customer", form(id)]) }

    /// What a reference is counted by.
    func reference(_ reference: GrantReference) -> String {
        hash.hash(["reference", form(reference.type), form(reference.id)])
    }

    /// Counts a case under its customer and its reference, their past under other spellings read along.
    func set(
        customer id: String?,
        reference: GrantReference?,
        of scopes: inout CaseScopes,
        in transaction: some SQLReading
    ) throws {
        if let id {
            let name = customer(id)
            scopes[.customer] = [name]
            scopes.earlier[name] = try earlier(of: name, spelled: hash.hash(["customer", id]), in: transaction)
        }
        if let reference {
            let name = self.reference(reference)
            let spelled = hash.hash(["reference", reference.type, reference.id])
            scopes[.reference] = [name]
            scopes.earlier[name] = try earlier(of: name, spelled: spelled, in: transaction)
        }
    }

    /// What the past of a name was counted by; the spelling as given is one, for what was erased since.
    private func earlier(of name: String, spelled: String, in transaction: some SQLReading) throws -> [String] {
        let noted = try transaction.rows(
            "SELECT earlier_hash FROM resolution_spellings WHERE name_hash = $1 ORDER BY earlier_hash",
            [.text(name)]
        ) { try $0.text("earlier_hash") }
        return spelled == name || noted.contains(spelled) ? noted : noted + [spelled]
    }

    /// Notes that the past of a name was counted by another hash as well.
    static func note(_ name: String, earlier: String, in transaction: WriteTransaction) throws {
        guard name != earlier else { return }
        try transaction.execute(
            """
            INSERT INTO resolution_spellings (name_hash, earlier_hash) VALUES ($1, $2)
            ON CONFLICT (name_hash, earlier_hash) DO NOTHING
            """,
            [.text(name), .text(earlier)]
        )
    }
}
