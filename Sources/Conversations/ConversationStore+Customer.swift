import Access
import Customers
import Storage
import Vocabulary

/// What callers say of a conversation's customer, by who says it.
extension ConversationStore {
    private static let maximumID = 200
    private static let maximumBytes = 16_384

    /// What is known of a customer once a caller's words are taken up.
    ///
    /// - Throws: ``ConversationError`` `invalid` for a customer without id, or for too much.
    func learned(
        _ members: JSONObject,
        of facts: CustomerFacts = CustomerFacts(),
        by caller: Principal
    ) throws -> CustomerFacts {
        try check(members)
        var facts = facts
        facts.learn(CleanText.customer(members), from: caller.factSource, comparedBy: form)
        guard facts.id != nil else {
            throw ConversationError(.invalid, "a customer has an `id` that is a string", argument: "customer.id")
        }
        guard JSON.object(facts.view).serialized().count <= Self.maximumBytes else {
            throw ConversationError(
                .invalid,
                "what is known of a customer has at most \(Self.maximumBytes) bytes",
                argument: "customer"
            )
        }
        return facts
    }

    private func check(_ members: JSONObject) throws {
        if let stated = members[CustomerFacts.statedName], stated.object == nil {
            throw ConversationError(
                .invalid,
                "what agents say of a customer is an object",
                argument: "customer.\(CustomerFacts.statedName)"
            )
        }
        guard let given = members["id"] else { return }
        guard let id = given.string, !form(id).isEmpty else {
            throw ConversationError(.invalid, "a customer has an `id` that is a string", argument: "customer.id")
        }
        guard id.utf8.count <= Self.maximumID, CleanText.isPrintable(id) else {
            throw ConversationError(
                .invalid,
                "a customer's id has at most \(Self.maximumID) bytes and no control characters",
                argument: "customer.id"
            )
        }
    }

    /// A conversation that is opened again: what a system says of its customer is taken up, whoever opened it first.
    func taught(
        _ known: Conversation,
        _ customer: JSONObject?,
        by caller: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Conversation {
        guard let customer, caller.factSource.isTrusted, !known.isForgotten,
            ConversationVisibility(of: caller).mayChange(known)
        else { return known }
        var conversation = known
        conversation.profile.customer = try learned(customer, of: known.customerFacts, by: caller)
        guard conversation.profile != known.profile else { return known }
        try ConversationRow.updateProfile(conversation, in: transaction)
        try Self.audit("update", conversation, by: caller, onBehalfOf: nil, now: now, in: transaction)
        return conversation
    }
}
