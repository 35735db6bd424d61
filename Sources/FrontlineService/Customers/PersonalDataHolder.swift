import AuditTrail
import JSONRPC
import Resolution
import Storage

/// Whose data is asked for: a customer, and the conversations with that customer.
struct DataSubject: Sendable, Hashable {
    /// The customer; nil when only the retention time of transcripts is over.
    var customerID: String?
    /// The conversations.
    var conversationIDs: [String]
}

/// An erasure under way: who asked for it and when, how names are taken out of what stays, and what it did so far.
struct Erasure: Sendable {
    let actor: AuditActor
    /// Microseconds since 1970.
    let now: Int64
    /// The customer's names.
    let names: PersonalNames
    /// How many things lost their content, by kind.
    private(set) var counts: [String: Int] = [:]
    /// What the audit log may know of: notes that callers made when they did something with these go as well.
    var auditTargets: [String] = []
    /// Requests that waited and do so no more; whoever waits for them is told after the commit.
    var endedGrants: [Grant] = []
    /// Script sessions whose sensitive values are to be forgotten after the commit.
    var endedSessions: [String] = []

    init(actor: AuditActor, now: Int64, names: PersonalNames = PersonalNames()) {
        (self.actor, self.now, self.names) = (actor, now, names)
    }

    /// Adds to what was done.
    mutating func count(_ more: [String: Int]) { counts.merge(more, uniquingKeysWith: +) }
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
    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON

    /// What is known of the customer's person: objects with names, addresses and numbers.
    func profiles(of subject: DataSubject, in transaction: some SQLReading) throws -> [JSON]

    /// The ids of all customers of whom something is kept.
    func customerIDs(in transaction: some SQLReading) throws -> Set<String>

    /// Erases what is kept about a subject, and ends what would go on without it.
    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws
}

extension PersonalDataHolder {
    /// It quotes nothing.
    var followsTranscripts: Bool { false }
    /// It leaves nothing that tells of a person.
    var kept: [KeptData] { [] }

    /// It describes nobody.
    func profiles(of subject: DataSubject, in transaction: some SQLReading) throws -> [JSON] { [] }

    /// It finds everything by conversations.
    func customerIDs(in transaction: some SQLReading) throws -> Set<String> { [] }
}
