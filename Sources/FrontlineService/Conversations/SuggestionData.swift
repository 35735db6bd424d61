import Assist
import Storage
import Vocabulary

/// The suggestions made in conversations with customers, and the feedback on them.
struct SuggestionData: PersonalDataHolder {
    let name = "suggestions"
    let followsTranscripts = true

    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON {
        try Assistant.export(conversations: subject.conversationIDs, in: transaction)
    }

    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws {
        erasure.count(try Assistant.erase(conversations: subject.conversationIDs, in: transaction))
    }
}
