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
        var spelled: [(name: String, spelling: String)] = []
        if let id {
            let name = customer(id)
            scopes[.customer] = [name]
            spelled.append((name, isCanonical(id) ? name : hash.hash(["customer", id])))
        }
        if let reference {
            let name = self.reference(reference)
            let isSpelledSo = isCanonical(reference.type) && isCanonical(reference.id)
            scopes[.reference] = [name]
            spelled.append((name, isSpelledSo ? name : hash.hash(["reference", reference.type, reference.id])))
        }
        try setEarlier(spelled, of: &scopes, in: transaction)
    }

    /// Whether a name is spelled as it is compared, byte by byte, so that both have one hash.
    private func isCanonical(_ name: String) -> Bool { form(name).utf8.elementsEqual(name.utf8) }

    /// Says what the past of names was counted by; the spelling as given is one, for what was erased since.
    private func setEarlier(
        _ spelled: [(name: String, spelling: String)],
        of scopes: inout CaseScopes,
        in transaction: some SQLReading
    ) throws {
        guard let question = Self.question(of: spelled.map(\.name)) else { return }
        for (name, spelling) in spelled { scopes.earlier[name] = spelling == name ? [] : [spelling] }
        try transaction.forEach(question) { row in
            let (name, earlier) = (try row.text("name_hash"), try row.text("earlier_hash"))
            if scopes.earlier[name]?.contains(earlier) == false { scopes.earlier[name]?.append(earlier) }
        }
    }

    /// What ``set(customer:reference:of:in:)`` asks; nothing without a name.
    func questions(customer id: String?, reference: GrantReference?) -> [SQLQuestion] {
        let names = [id.map { customer($0) }, reference.map { self.reference($0) }].compactMap(\.self)
        return Self.question(of: names).map { [$0] } ?? []
    }

    private static func question(of names: [String]) -> SQLQuestion? {
        guard let first = names.first, let last = names.last else { return nil }
        return SQLQuestion(
            """
            SELECT name_hash, earlier_hash FROM resolution_spellings WHERE name_hash IN ($1, $2)
            ORDER BY name_hash, earlier_hash
            """,
            [.text(first), .text(last)]
        )
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
