package import Access
import Customers
import Storage
package import Vocabulary

/// What is newly known about a conversation; absent members change nothing.
package struct ProfileChange: Sendable {
    /// Members of the customer that replace those of the same name and source; a null takes one away.
    package var customer: JSONObject?
    package var locale: String?
    /// Replaces all tags.
    package var tags: [String]?
    /// Names in other systems, beside those that are known.
    package var externalIDs: [String: String]?
    package var onBehalfOf: String?

    package init(
        customer: JSONObject? = nil,
        locale: String? = nil,
        tags: [String]? = nil,
        externalIDs: [String: String]? = nil,
        onBehalfOf: String? = nil
    ) {
        self.customer = customer
        self.locale = locale
        self.tags = tags
        self.externalIDs = externalIDs
        self.onBehalfOf = onBehalfOf
    }
}

extension ConversationStore {
    private static let maximumExternalIDs = 50

    /// Writes down what is newly known about a conversation, open or closed.
    ///
    /// - Throws: ``ConversationError`` `notFound`; `conflict` when its transcript was deleted; `invalid` for a customer
    ///   without id or too many external ids.
    @discardableResult
    package func update(
        _ id: String,
        _ change: ProfileChange,
        by caller: Principal,
        now: Int64
    ) async throws -> Conversation {
        try Self.check(onBehalfOf: change.onBehalfOf, by: caller)
        return try await store.write { transaction in
            var conversation = try changeable(id, by: ConversationVisibility(of: caller), in: transaction)
            guard !conversation.isForgotten || conversation.isOpen else {
                throw ConversationError(.conflict, "what was known of the conversation “\(id)” has been deleted")
            }
            let before = conversation.profile
            try apply(change, to: &conversation.profile, by: caller)
            guard conversation.profile != before else { return conversation }
            conversation.lastAt = max(conversation.lastAt, now)
            try ConversationRow.updateProfile(conversation, in: transaction)
            try Self.audit("update", conversation, by: caller, onBehalfOf: change.onBehalfOf, now: now, in: transaction)
            return conversation
        }
    }

    private func apply(_ change: ProfileChange, to profile: inout Profile, by caller: Principal) throws {
        profile.customer?.compare(by: form)
        if let customer = change.customer {
            profile.customer = try learned(customer, of: profile.customer ?? CustomerFacts(), by: caller)
        }
        if let locale = change.locale { profile.locale = locale }
        if let tags = change.tags { profile.tags = tags.map { CleanText.redacted($0) } }
        for (name, id) in CleanText.names(change.externalIDs ?? [:]) { profile.externalIDs[name] = id }
        guard profile.externalIDs.count <= Self.maximumExternalIDs else {
            throw ConversationError(
                .invalid,
                "a conversation has at most \(Self.maximumExternalIDs) external ids",
                argument: "external_ids"
            )
        }
    }
}
