import JSONRPC
import Resolution
import Storage

/// What the ledger keeps about customers.
struct ResolutionData: PersonalDataHolder {
    let authority: AuthorityLedger
    let name = "resolutions"
    let kept = [KeptData(what: AuthorityLedger.kept.what, why: AuthorityLedger.kept.why)]

    func export(_ subject: DataSubject, in transaction: ReadTransaction) throws -> JSON {
        guard let customer = subject.customerID else { return [] }
        return try authority.export(customer: customer, in: transaction)
    }

    func erase(_ subject: DataSubject, in transaction: WriteTransaction) throws -> [String: Int] {
        guard let customer = subject.customerID else { return [:] }
        return try authority.erase(customer: customer, in: transaction)
    }
}
