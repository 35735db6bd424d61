import AuditTrail
import Storage
import Vocabulary
import Workflow

/// The subject of an export or erasure: a customer, and the conversations with that customer.
struct DataSubject: Sendable, Hashable {
    /// The customer; nil if only the retention period of transcripts has ended.
    var customerID: String?
    /// The conversations.
    var conversationIDs: [String]
}

/// An erasure in progress: who requested it and when, the names to remove from data that is kept, and the results so
/// far.
struct Erasure: Sendable {
    let actor: AuditActor
    /// The time, in microseconds since 1970.
    let now: Int64
    /// The customer's names.
    let names: PersonalNames
    /// The number of items erased, by kind.
    private(set) var counts: [String: Int] = [:]
    /// The names in the audit log of the things erased; texts that callers wrote in entries about these are erased too.
    var auditTargets: [String] = []
    /// Domain events that were applied in the transaction; the rest follows after the commit.
    var events: [DomainEvent] = []
    /// Script sessions whose sensitive values must be removed from memory after the commit.
    var endedSessions: [String] = []

    init(actor: AuditActor, now: Int64, names: PersonalNames = PersonalNames()) {
        (self.actor, self.now, self.names) = (actor, now, names)
    }

    /// Adds to the counts.
    mutating func count(_ more: [String: Int]) { counts.merge(more, uniquingKeysWith: +) }
}

/// Data that an erasure keeps.
struct KeptData: Sendable, Hashable {
    let what: String
    let why: String
}

/// A capability that stores data about customers.
protocol PersonalDataHolder: Sendable {
    /// The name of its data in exports.
    var name: String { get }
    /// Whether its data quotes transcripts and is deleted with them.
    var followsTranscripts: Bool { get }
    /// The data that an erasure keeps.
    var kept: [KeptData] { get }

    /// Exports everything stored about a subject.
    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON

    /// The objects that describe the customer, with names, addresses and numbers.
    func profiles(of subject: DataSubject, in transaction: some SQLReading) throws -> [JSON]

    /// The ids of all customers about whom something is stored.
    func customerIDs(in transaction: some SQLReading) throws -> Set<String>

    /// Erases the data about a subject, and ends open things that depend on it.
    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws
}

extension PersonalDataHolder {
    /// By default, data does not quote transcripts.
    var followsTranscripts: Bool { false }
    /// By default, an erasure keeps no data about a person.
    var kept: [KeptData] { [] }

    /// By default, there are no descriptions of customers.
    func profiles(of subject: DataSubject, in transaction: some SQLReading) throws -> [JSON] { [] }

    /// By default, all data is found through conversations.
    func customerIDs(in transaction: some SQLReading) throws -> Set<String> { [] }
}
