import JSONRPC
import Scripting
import Storage

/// What script sessions keep about customers: answers, notes and reasons.
struct ScriptData: PersonalDataHolder {
    let sessions: ScriptDesk
    let name = "script_sessions"
    let kept = [
        KeptData(
            what: "steps, times and outcomes of script sessions, without answers, notes and reasons",
            why: "adherence is counted from them, and nothing in them tells of a person"
        )
    ]

    func export(_ subject: DataSubject, in transaction: ReadTransaction) throws -> JSON {
        try sessions.export(
            customer: subject.customerID,
            conversations: subject.conversationIDs,
            in: transaction
        )
    }

    func erase(_ subject: DataSubject, in transaction: WriteTransaction) throws -> [String: Int] {
        try sessions.erase(
            customer: subject.customerID,
            conversations: subject.conversationIDs,
            in: transaction
        )
    }
}
