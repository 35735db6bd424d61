import Customers
package import Storage
import Vocabulary

extension AuthorityLedger {
    /// The longest time that a window reaches back, and a day.
    private static let past: Int64 = 366 * 86_400_000_000

    /// Brings what was counted under other spellings of customers and references under their canonical forms.
    ///
    /// Sums stay where they are: the canonical name reads them along. Of what was erased only the spelling as it is given
    /// later finds its past.
    package func respell(now: Int64, in transaction: WriteTransaction) throws {
        let names = ScopeNames(hash: try writersHash(in: transaction), form: settings.form)
        let customers = try transaction.rows(
            "SELECT DISTINCT customer_hash, customer_id FROM resolutions WHERE customer_id IS NOT NULL"
        ) { (hash: try $0.optionalText("customer_hash"), id: try $0.text("customer_id")) }
        for customer in customers {
            let name = names.customer(customer.id)
            guard let earlier = customer.hash, earlier != name else { continue }
            try ScopeNames.note(name, earlier: earlier, in: transaction)
            try transaction.execute(
                "UPDATE resolutions SET customer_hash = $2 WHERE customer_hash = $1",
                [.text(earlier), .text(name)]
            )
        }
        for (earlier, name) in try referenceSpellings(names, since: now - Self.past, in: transaction) {
            try ScopeNames.note(name, earlier: earlier, in: transaction)
        }
    }

    /// What references were counted by and are counted by from now on, where that differs.
    private func referenceSpellings(
        _ names: ScopeNames,
        since: Int64,
        in transaction: some SQLReading
    ) throws -> [String: String] {
        var spellings: [String: String] = [:]
        try transaction.forEach(
            "SELECT personal, scopes FROM resolutions WHERE personal IS NOT NULL AND created_microseconds >= $1",
            [.integer(since)]
        ) { row in
            let reference = GrantTable.reference(try JSON(parsing: try row.text("personal"))["reference"])
            let earlier = CaseScopes(json: try JSON(parsing: try row.text("scopes")))[.reference].first
            guard let reference, let earlier else { return }
            let name = names.reference(reference)
            if earlier != name { spellings[earlier] = name }
        }
        return spellings
    }
}
