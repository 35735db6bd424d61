import Assist
import JSONRPC
import Storage

/// What was offered in conversations with customers, and what became of it.
struct SuggestionData: PersonalDataHolder {
    let name = "suggestions"
    let followsTranscripts = true

    func export(_ subject: DataSubject, in transaction: ReadTransaction) throws -> JSON {
        try Assistant.export(conversations: subject.conversationIDs, in: transaction)
    }

    func erase(_ subject: DataSubject, in transaction: WriteTransaction) throws -> [String: Int] {
        try Assistant.erase(conversations: subject.conversationIDs, in: transaction)
    }
}
