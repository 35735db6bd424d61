import JSONRPC
import Storage

/// Whose data is asked for: a customer, and the conversations with that customer.
struct DataSubject: Sendable, Hashable {
    /// The customer; nil when only transcripts have come of age.
    var customerID: String?
    /// The conversations.
    var conversationIDs: [String]
}

/// What an erasure leaves.
struct KeptData: Sendable, Hashable {
    let what: String
    let why: String
}

/// A capability that keeps something about customers.
protocol PersonalDataHolder: Sendable {
    /// What it keeps, as the export names it.
    var name: String { get }
    /// Whether what it keeps quotes transcripts, and goes when they do.
    var followsTranscripts: Bool { get }
    /// What an erasure leaves.
    var kept: [KeptData] { get }

    /// Everything that is kept about a subject.
    func export(_ subject: DataSubject, in transaction: ReadTransaction) throws -> JSON

    /// Erases it.
    ///
    /// - Returns: how many things lost their content, by kind.
    func erase(_ subject: DataSubject, in transaction: WriteTransaction) throws -> [String: Int]
}

extension PersonalDataHolder {
    /// It quotes nothing.
    var followsTranscripts: Bool { false }
    /// It leaves nothing that tells of a person.
    var kept: [KeptData] { [] }
}
