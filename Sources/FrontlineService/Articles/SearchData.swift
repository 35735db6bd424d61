import FrontlineProtocol
import Knowledge
import Storage
import Vocabulary

/// The searches made for customers, whose texts are redacted when they are stored.
struct SearchData: PersonalDataHolder {
    private static let maximumOfConversation = 10_000

    let name = "searches"
    let kept = [
        KeptData(
            what: "feedback on articles, without the conversation in which it was given",
            why: "it concerns only the article; comments made in the customer's conversations are deleted"
        )
    ]

    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON {
        .array(
            try subject.conversationIDs.flatMap { id in
                try KnowledgeBase.searches(ofConversation: id, limit: Self.maximumOfConversation, in: transaction)
                    .map { search in
                        [
                            "conversation_id": .string(id), "query": .string(search.query),
                            "at": .string(Timestamp(microseconds: search.at).description),
                        ]
                    }
            }
        )
    }

    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws {
        let counts = try subject.conversationIDs.map {
            try KnowledgeBase.forgetSearches(ofConversation: $0, in: transaction)
        }
        erasure.count(["searches": counts.reduce(0, +)])
    }
}

/// What customers said before articles were used, from which searches and suggestions learn.
struct PrecedentData: PersonalDataHolder {
    private static let maximumOfConversation = 10_000

    let name = "precedents"
    let followsTranscripts = true

    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON {
        .array(
            try subject.conversationIDs.flatMap { id in
                try KnowledgeBase.precedents(ofConversation: id, limit: Self.maximumOfConversation, in: transaction)
                    .map { precedent in
                        [
                            "conversation_id": .string(id), "text": .string(precedent.text),
                            "article_id": .string(precedent.article),
                            "at": .string(Timestamp(microseconds: precedent.at).description),
                        ]
                    }
            }
        )
    }

    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws {
        let counts = try subject.conversationIDs.map {
            try KnowledgeBase.forgetPrecedents(ofConversation: $0, in: transaction)
        }
        erasure.count(["precedents": counts.reduce(0, +)])
    }
}
