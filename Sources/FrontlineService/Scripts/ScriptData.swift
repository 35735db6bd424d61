import Scripting
import Storage
import Vocabulary

/// The personal data in script sessions: answers, notes and reasons.
struct ScriptData: PersonalDataHolder {
    let sessions: ScriptDesk
    let name = "script_sessions"
    let kept = [
        KeptData(
            what: "steps, times and outcomes of script sessions, without answers, notes and reasons",
            why: "adherence is counted from them, and they contain no personal data"
        )
    ]

    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON {
        try sessions.export(
            customer: subject.customerID,
            conversations: subject.conversationIDs,
            in: transaction
        )
    }

    func profiles(of subject: DataSubject, in transaction: some SQLReading) throws -> [JSON] {
        try export(subject, in: transaction).array?.compactMap { $0["customer"] } ?? []
    }

    func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        try ScriptDesk.customerIDs(in: transaction)
    }

    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws {
        let (counts, ids) = try sessions.erase(
            customer: subject.customerID,
            conversations: subject.conversationIDs,
            in: transaction
        )
        erasure.count(counts)
        erasure.endedSessions += ids
    }
}
